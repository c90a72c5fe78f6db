package org.hipsnode.generate.write;

import java.io.IOException;
import java.util.List;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.fits.FitsTile;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.generate.plan.Layout;
import org.hipsnode.generate.pyramid.Pyramid.TileSink;
import org.hipsnode.generate.render.Display;
import org.hipsnode.generate.render.Painter;
import org.hipsnode.generate.render.Palette;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** Encodes each tile in all formats and writes it, at the moment when it exists. */
public final class TileWriter implements TileSink {
    private final Layout layout;
    private final PixelFormat pixels;
    private final List<TileFormat> formats;
    private final String unit;
    private final Painter painter;
    private final PngEncoder png;
    private final JpegEncoder jpeg;
    private final WebpEncoder webp;
    private final FileSink files;

    /** Receives the files of a survey. */
    @FunctionalInterface
    public interface FileSink {
        void write(String name, byte[] content) throws IOException;
    }

    /** How pixels look. */
    public record Look(Painter painter, Palette palette) {
        public static Look of(PixelFormat pixels, Display display) {
            return new Look(new Painter(pixels, display), new Palette(display.colormap()));
        }
    }

    public TileWriter(
            Layout layout, PixelFormat pixels, String unit, List<TileFormat> formats, Look look, FileSink files) {
        this.layout = layout;
        this.pixels = pixels;
        this.unit = unit;
        this.formats = formats;
        this.painter = look.painter;
        this.png = new PngEncoder(look.palette);
        this.jpeg = new JpegEncoder(look.palette);
        this.webp = new WebpEncoder(look.palette);
        this.files = files;
    }

    @Override
    public void accept(TileAddress address, byte[] data) throws IOException {
        int width = layout.tileWidth();
        byte[] picture = hasPicture() ? painter.paint(data, width, width) : new byte[0];
        for (TileFormat format : formats) {
            byte[] file = format == TileFormat.FITS
                    ? FitsTile.encode(address, width, layout.frame(), pixels, data, unit)
                    : picture(format, picture, width, width);
            files.write(TreeName.tile(address, format).toString(), file);
        }
    }

    private boolean hasPicture() {
        return formats.stream().anyMatch(f -> f != TileFormat.FITS);
    }

    private byte[] picture(TileFormat format, byte[] picture, int width, int height) {
        return switch (format) {
            case PNG -> png.encode(picture, width, height);
            case JPEG -> jpeg.encode(picture, width, height);
            case WEBP -> webp.encode(picture, width, height);
            default -> throw new IllegalArgumentException("no pictures as " + format.keyword());
        };
    }

    /** Writes the Allsky files of a mosaic. */
    public void write(AllskyMosaic mosaic) throws IOException {
        int width = mosaic.layout().width();
        int height = mosaic.layout().height();
        for (TileFormat format : formats) {
            byte[] file = format == TileFormat.FITS
                    ? FitsImage.encode(width, height, pixels, mosaic.data(), cards -> {})
                    : picture(format, painter.paint(mosaic.data(), width, height), width, height);
            files.write(TreeName.allsky(mosaic.layout().order(), format).toString(), file);
        }
    }
}
