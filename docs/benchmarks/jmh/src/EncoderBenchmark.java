package org.hipsnode.benchmarks;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hipsnode.fits.FitsTile;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.render.Colormap;
import org.hipsnode.generate.render.Cut;
import org.hipsnode.generate.render.Display;
import org.hipsnode.generate.render.Painter;
import org.hipsnode.generate.render.Palette;
import org.hipsnode.generate.render.Picture;
import org.hipsnode.generate.render.Stretch;
import org.hipsnode.generate.write.JpegEncoder;
import org.hipsnode.generate.write.PngEncoder;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One tile of 512 × 512 float pixels into each format, and into colour numbers before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EncoderBenchmark {
    private static final int WIDTH = 512;

    private final PixelFormat format = PixelFormat.of(PixelType.FLOAT32);
    private final Display display = new Display(new Cut(-2, 2), Stretch.LINEAR, Colormap.named("grey"));
    private final Painter painter = new Painter(format, display);
    private final PngEncoder png = new PngEncoder(new Palette(display.colormap()));
    private final JpegEncoder jpeg = new JpegEncoder(new Palette(display.colormap()));
    private final byte[] tile = tile();
    private final byte[] picture = ((Picture.Indexed) painter.paint(tile, WIDTH, WIDTH)).numbers();

    private static byte[] tile() {
        Random noise = new Random(1);
        ByteBuffer tile = ByteBuffer.allocate(4 * WIDTH * WIDTH);
        for (int i = 0; i < WIDTH * WIDTH; i++) {
            tile.putFloat(Sky.value(i % WIDTH, i / WIDTH, noise));
        }
        return tile.array();
    }

    @Benchmark
    public Object paint() {
        return painter.paint(tile, WIDTH, WIDTH);
    }

    @Benchmark
    public Object png() {
        return png.encode(picture, WIDTH, WIDTH);
    }

    @Benchmark
    public Object jpeg() {
        return jpeg.encode(picture, WIDTH, WIDTH);
    }

    @Benchmark
    public Object fits() {
        return FitsTile.encode(new TileAddress(5, 1234), WIDTH, Frame.GALACTIC, format, tile, "K");
    }
}
