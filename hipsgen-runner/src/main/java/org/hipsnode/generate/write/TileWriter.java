package org.hipsnode.generate.write;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.fits.FitsTile;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.pyramid.Pyramid.TileSink;
import org.hipsnode.generate.render.Brush;
import org.hipsnode.generate.render.ColourDisplay;
import org.hipsnode.generate.render.Picture;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** Encodes each tile in all formats and writes it, at the moment when it exists. */
public final class TileWriter implements TileSink {
    private final GenerationPlan plan;
    private final TileSource source;
    private final int channel;
    private final Brush brush;
    private final PictureEncoder pictures = new PictureEncoder();
    private final FileSink files;

    /** Receives the files of a survey. */
    @FunctionalInterface
    public interface FileSink {
        void write(String name, byte[] content) throws IOException;
    }

    /**
     * Prepares to write the tiles of a source.
     *
     * @param channel of a cube; 0 for an image
     */
    public TileWriter(GenerationPlan plan, TileSource source, int channel, FileSink files) {
        this.plan = plan;
        this.source = source;
        this.channel = channel;
        this.brush = plan.style().brush(plan.pixels());
        this.files = files;
    }

    @Override
    public void accept(TileAddress address, byte[] data) throws IOException {
        Optional<Picture> picture = Optional.empty();
        for (TileFormat format : plan.formats()) {
            String name = new TreeName.Tile(address, channel, format).toString();
            Optional<byte[]> original = original(address, format);
            if (original.isPresent()) {
                files.write(name, original.get());
            } else if (format == TileFormat.FITS) {
                files.write(name, fits(address, data));
            } else {
                int width = plan.layout().tileWidth();
                Picture painted = picture.isPresent() ? picture.get() : brush.paint(data, width, width);
                picture = Optional.of(painted);
                files.write(name, pictures.encode(painted, format));
            }
        }
    }

    /** A picture that is only passed on is not made again, since that would cost some of its quality. */
    private Optional<byte[]> original(TileAddress address, TileFormat format) throws IOException {
        return plan.style().equals(ColourDisplay.AS_STORED)
                ? source.original(address, plan.layout().tileWidth(), format)
                : Optional.empty();
    }

    private byte[] fits(TileAddress address, byte[] data) {
        return FitsTile.encode(
                address, plan.layout().tileWidth(), plan.layout().frame(), plan.pixels(), data, source.unit());
    }

    /** Writes the Allsky files of a mosaic. */
    public void write(AllskyMosaic mosaic) throws IOException {
        int width = mosaic.layout().width();
        int height = mosaic.layout().height();
        for (TileFormat format : plan.formats()) {
            byte[] file = format == TileFormat.FITS
                    ? FitsImage.encode(width, height, plan.pixels(), mosaic.data(), cards -> {})
                    : pictures.encode(brush.paint(mosaic.data(), width, height), format);
            files.write(new TreeName.Allsky(mosaic.layout().order(), channel, format).toString(), file);
        }
    }
}
