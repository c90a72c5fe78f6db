package org.hipsnode.generate.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.moc.Moc;
import org.hipsnode.sky.Frame;
import org.hipsnode.survey.SurveyDefinition.Images.Coadd;
import org.hipsnode.survey.SurveyDefinition.Resampling.Method;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.wcs.ImageWcs;

/**
 * A collection of images as a source of tiles: each pixel has what the images say of the sky at its centre.
 *
 * <p>Images come in the sequence of the collection, so that sums do not depend on who was faster.
 */
public final class ImageSource implements TileSource {
    /** Numbers that a median may hold at a time: 32 MB. */
    private static final long MAX_MEDIAN = 1 << 22;

    /** Cells are looked into for data by tiles not wider than the widest that are made. */
    private static final int LOG2_OF_WIDEST = 15;

    /** Of the shorter side of an image: so far from its border its weight still grows. */
    private static final double FADING = 0.25;

    /** Pixels whose middle is a little off the image have a weight too. */
    private static final double LEAST_FADING = 1e-6;

    private final List<SkyImage> images;
    private final List<ImageWcs> places;
    private final ImageIndex index;
    private final ImageGrid grid;
    private final Manner manner;
    private final PixelFormat format;
    private final String unit;
    private final OpenImages files;
    private final PixelBlocks blocks;

    /** How values of images become values of pixels. */
    record Manner(Coadd coadd, Method sampling) {
        /** One image that speaks for a pixel should have most of it; where all have a say, each counts by its part. */
        AreaSampler.Manner area() {
            return switch (coadd) {
                case MEAN, FADING -> AreaSampler.Manner.MEAN;
                case FIRST, LAST, MEDIAN -> AreaSampler.Manner.MEAN_OF_HALF;
                case SUM -> AreaSampler.Manner.SHARES;
            };
        }
    }

    ImageSource(
            List<SkyImage> images,
            List<ImageWcs> places,
            ImageIndex index,
            ImageGrid grid,
            Manner manner,
            PixelFormat format,
            String unit,
            OpenImages files,
            PixelBlocks blocks) {
        this.images = images;
        this.places = places;
        this.index = index;
        this.grid = grid;
        this.manner = manner;
        this.format = format;
        this.unit = unit;
        this.files = files;
        this.blocks = blocks;
    }

    @Override
    public int pixelOrder() {
        return grid.pixelOrder();
    }

    @Override
    public Frame frame() {
        return grid.frame();
    }

    @Override
    public PixelFormat format() {
        return format;
    }

    @Override
    public String unit() {
        return unit;
    }

    @Override
    public Moc reach() {
        return index.cells();
    }

    @Override
    public boolean isCostly() {
        return true;
    }

    @Override
    public boolean read(TileAddress address, int width, byte[] data) throws IOException {
        int[] touching = index.images(address);
        return touching.length > 0 && new Tile(address, width, touching, blocks).read(data);
    }

    /**
     * A tile in the making: square by square, and each from all images, so that what is added up stays in the processor's nearest
     * cache.
     */
    private final class Tile {
        private final int width;

        /** Of a square, and where that begins which is being made. */
        private final int side;

        private int left;
        private int bottom;
        private final Stack stack;
        private final List<SquareSampler> samplers = new ArrayList<>();

        Tile(TileAddress address, int width, int[] touching, PixelReader pixels) {
            this.width = width;
            this.side = side(touching.length, width);
            this.stack = Stack.of(manner.coadd, side * side);
            for (int image : touching) {
                samplers.add(sampler(image, address, width, pixels, new ToStack(this, images.get(image))));
            }
        }

        /** A median holds the values of all images. */
        private int side(int touching, int most) {
            int chosen = Math.min(SquareSampler.SIDE, most);
            while (manner.coadd == Coadd.MEDIAN && chosen > 1 && (long) touching * chosen * chosen > MAX_MEDIAN) {
                chosen /= 2;
            }
            return chosen;
        }

        /** Fills the tile, and tells whether any pixel has a value. */
        boolean read(byte[] data) throws IOException {
            boolean any = false;
            for (bottom = 0; bottom < width; bottom += side) {
                for (left = 0; left < width; left += side) {
                    any |= readSquare(data);
                }
            }
            return any;
        }

        private boolean readSquare(byte[] data) throws IOException {
            stack.clear();
            for (SquareSampler sampler : samplers) {
                stack.next();
                sampler.sample(left, bottom, side);
            }
            boolean any = stack.settle();
            double[] values = stack.values();
            for (int x = left; x < left + side; x++) {
                int start = PixelOrder.fitsOffset(width, x, bottom);
                if (any) {
                    format.type().write(data, start, values, pixel(x, bottom), side);
                } else {
                    format.fillBlank(data, start, side);
                }
            }
            return any;
        }

        /** Returns which pixel of the square one of the tile is. */
        int pixel(int x, int y) {
            return PixelOrder.fitsOffset(side, x - left, y - bottom);
        }
    }

    private SquareSampler sampler(int image, TileAddress tile, int width, PixelReader pixels, SquareSampler.Sink sink) {
        SquareSampler.Pair pair = new SquareSampler.Pair(images.get(image), places.get(image), pixels, tile, width);
        return manner.sampling == Method.AREA
                ? new AreaSampler(pair, manner.area(), sink)
                : new PointSampler(pair, manner.sampling == Method.NEAREST, sink);
    }

    /** Puts values on a stack, with weights that fade towards the border where that is wanted. */
    private final class ToStack implements SquareSampler.Sink {
        private final Tile tile;
        private final SkyImage image;
        private final double fading;

        ToStack(Tile tile, SkyImage image) {
            this.tile = tile;
            this.image = image;
            this.fading = manner.coadd == Coadd.FADING ? FADING * Math.min(image.width(), image.height()) : 0;
        }

        @Override
        public void accept(int x, int y, double value, double weight, double imageX, double imageY) {
            double own = weight * image.treatment().weight();
            tile.stack.put(tile.pixel(x, y), value, fading > 0 ? own * fading(imageX, imageY) : own);
        }

        @Override
        public void accept(int x, int y, Line line) {
            if (fading == 0) {
                int pixel = tile.pixel(x, y + line.first());
                tile.stack.put(
                        pixel,
                        line.values(),
                        line.first(),
                        line.end(),
                        image.treatment().weight());
                return;
            }
            for (int i = line.first(); i < line.end(); i++) {
                if (!Double.isNaN(line.values()[i])) {
                    accept(x, y + i, line.values()[i], 1, line.x(i), line.y(i));
                }
            }
        }

        /** Grows with the distance from the border of what is kept, from a little outside of it, to 1. */
        private double fading(double x, double y) {
            double depth = image.treatment().cut().depth(x, y, image.width(), image.height());
            return Math.max(LEAST_FADING, Math.min(1, (depth + 1) / fading));
        }

        @Override
        public boolean isFull() {
            return false;
        }
    }

    @Override
    public boolean hasData(TileAddress cell) throws IOException {
        int width = 1 << Math.max(0, Math.min(LOG2_OF_WIDEST, grid.pixelOrder() - cell.order()));
        FirstValue first = new FirstValue();
        int[] touching = index.images(cell);
        for (int image : touching) {
            probe(sampler(image, cell, width, files, first), width);
        }
        for (int i = 0; i < touching.length && !first.isFull(); i++) {
            sampler(touching[i], cell, width, blocks, first).sample(0, 0, width);
        }
        return first.isFull();
    }

    /** Looks at a few pixels, of which most cells have one with a value: that spares the reading of blocks. */
    private static void probe(SquareSampler sampler, int width) throws IOException {
        for (int x = width / 8; x < width; x += Math.max(1, width / 4)) {
            for (int y = width / 8; y < width && !sampler.sink.isFull(); y += Math.max(1, width / 4)) {
                sampler.sample(x, y, 1);
            }
        }
    }

    /** Waits for any value. */
    private static final class FirstValue implements SquareSampler.Sink {
        private boolean found;

        @Override
        public void accept(int x, int y, double value, double weight, double imageX, double imageY) {
            found = true;
        }

        @Override
        public void accept(int x, int y, Line line) {
            for (int i = line.first(); i < line.end() && !found; i++) {
                found = !Double.isNaN(line.values()[i]);
            }
        }

        @Override
        public boolean isFull() {
            return found;
        }
    }

    /** Reads the few pixels that it needs, and not their blocks: values are asked for here and there in all images. */
    @Override
    public double value(long nested) throws IOException {
        TileAddress address = new TileAddress(grid.pixelOrder(), nested);
        int[] touching = index.images(address);
        byte[] one = new byte[format.type().bytes()];
        return touching.length > 0 && new Tile(address, 1, touching, files).read(one)
                ? format.physical(one, 0)
                : Double.NaN;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
