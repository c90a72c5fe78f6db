package org.hipsnode.benchmarks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.pyramid.Halving;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Four tiles of 512 × 512 pixels into their parent. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HalvingBenchmark {
    private static final int WIDTH = 512;

    @Param({"FLOAT32", "INT16"})
    String type = "FLOAT32";

    private Halving halving;
    private byte[] child;

    @Setup
    public void fill() {
        PixelType pixels = PixelType.valueOf(type);
        halving = new Halving(PixelFormat.of(pixels), WIDTH);
        child = new byte[pixels.bytes() * WIDTH * WIDTH];
        Random noise = new Random(1);
        for (int i = 0; i < WIDTH * WIDTH; i++) {
            pixels.put(child, i, 1000 * Sky.value(i % WIDTH, i / WIDTH, noise));
        }
    }

    @Benchmark
    public Object parent() {
        return halving.parent(List.of(child, child, child, child));
    }
}
