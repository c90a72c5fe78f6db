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
import org.hipsnode.work.OrderedWork;

/** Encodes each tile in all formats and writes it, at the moment when it exists. */
public final class TileWriter implements TileSink {
    private final GenerationPlan plan;
    private final TileSource source;
    private final int channel;
    private final Brush brush;
    private final PictureEncoder pictures = new PictureEncoder();
    private final TileFiles files;

    /** Receives the files of a survey. */
    public interface TileFiles {
        /**
         * Takes over the file of a tile that was made before, if there is one that is right.
         *
         * @param samePixels whether the tile's pixels are known to be those of the release before
         */
        Kept keep(TreeName.Tile tile, boolean samePixels) throws IOException;

        /** Writes the file of a tile, which may be in pieces, and tells whether the release before has the very same. */
        boolean write(TreeName.Tile tile, byte[]... content) throws IOException;

        /** Writes any other file. */
        void write(String name, byte[] content) throws IOException;
    }

    /** What became of a file that might be kept. */
    public enum Kept {
        /** It is to be made. */
        NO,
        /** It need not be made again. */
        YES,
        /** Nor that, and it is the very same as in the release before. */
        AS_BEFORE
    }

    /**
     * Prepares to write the tiles of a source.
     *
     * @param channel of a cube; 0 for an image
     */
    public TileWriter(GenerationPlan plan, TileSource source, int channel, TileFiles files) {
        this.plan = plan;
        this.source = source;
        this.channel = channel;
        this.brush = plan.style().brush(plan.pixels());
        this.files = files;
    }

    @Override
    public void accept(TileAddress address, byte[] data) throws IOException {
        boolean samePixels = plan.formats().contains(TileFormat.FITS) && writeFits(address, data);
        Optional<Picture> picture = Optional.empty();
        for (TileFormat format : plan.formats()) {
            TreeName.Tile tile = new TreeName.Tile(address, channel, format);
            if (format == TileFormat.FITS || files.keep(tile, samePixels) != Kept.NO) {
                continue;
            }
            Optional<byte[]> original = original(address, format);
            if (original.isPresent()) {
                files.write(tile, original.get());
            } else {
                int width = plan.layout().tileWidth();
                Picture painted = picture.isPresent() ? picture.get() : brush.paint(data, width, width);
                picture = Optional.of(painted);
                files.write(tile, pictures.encode(painted, format));
            }
        }
    }

    /** Writes or keeps the FITS tile, and tells whether it is that of the release before, pixels and all. */
    private boolean writeFits(TileAddress address, byte[] data) throws IOException {
        TreeName.Tile tile = new TreeName.Tile(address, channel, TileFormat.FITS);
        Kept kept = files.keep(tile, false);
        return kept == Kept.NO ? files.write(tile, fits(address, data)) : kept == Kept.AS_BEFORE;
    }

    /** A picture that is only passed on is not made again, since that would cost some of its quality. */
    private Optional<byte[]> original(TileAddress address, TileFormat format) throws IOException {
        return plan.style() == ColourDisplay.AS_STORED
                ? source.original(address, plan.layout().tileWidth(), format)
                : Optional.empty();
    }

    private byte[][] fits(TileAddress address, byte[] data) {
        return FitsTile.pieces(
                address, plan.layout().tileWidth(), plan.layout().frame(), plan.pixels(), data, source.unit());
    }

    /** Writes the Allsky files of a mosaic. */
    public void write(AllskyMosaic mosaic, int workers) throws IOException {
        try (OrderedWork<TileFormat> work = new OrderedWork<>(workers, done -> {})) {
            for (TileFormat format : plan.formats()) {
                work.give(() -> write(mosaic, format));
            }
            work.finish();
        }
    }

    private TileFormat write(AllskyMosaic mosaic, TileFormat format) throws IOException {
        int width = mosaic.layout().width();
        int height = mosaic.layout().height();
        byte[] file = format == TileFormat.FITS
                ? FitsImage.encode(width, height, plan.pixels(), mosaic.data(), cards -> {})
                : pictures.encode(brush.paint(mosaic.data(), width, height), format);
        files.write(new TreeName.Allsky(mosaic.layout().order(), channel, format).toString(), file);
        return format;
    }
}
