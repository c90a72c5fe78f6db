package org.hipsnode.generate.image;

import java.io.IOException;
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
        format.fillBlank(data, 0, width * width);
        return touching.length > 0 && read(new Square(address, width, 0, 0, width), touching, blocks, data);
    }

    /** A square of a tile. */
    private record Square(TileAddress tile, int width, int x, int y, int side) {
        Square quarter(int number) {
            int half = side / 2;
            return new Square(tile, width, x + (number & 1) * half, y + (number >> 1) * half, half);
        }

        /** Returns which of its pixels a pixel of the tile is. */
        int pixel(int tileX, int tileY) {
            return PixelOrder.fitsOffset(side, tileX - x, tileY - y);
        }
    }

    private boolean read(Square square, int[] touching, PixelReader pixels, byte[] data) throws IOException {
        long held = (long) touching.length * square.side * square.side;
        if (manner.coadd == Coadd.MEDIAN && held > MAX_MEDIAN && square.side > 1) {
            boolean any = false;
            for (int quarter = 0; quarter < 4; quarter++) {
                any |= read(square.quarter(quarter), touching, pixels, data);
            }
            return any;
        }
        Stack stack = Stack.of(manner.coadd, square.side * square.side);
        for (int image : touching) {
            stack.next();
            sampler(image, square, pixels, new ToStack(square, stack, images.get(image)))
                    .sample(square.x, square.y, square.side);
        }
        return write(square, stack.result(), data);
    }

    private SquareSampler sampler(int image, Square square, PixelReader pixels, SquareSampler.Sink sink) {
        SquareSampler.Pair pair =
                new SquareSampler.Pair(images.get(image), places.get(image), pixels, square.tile, square.width);
        return manner.sampling == Method.AREA
                ? new AreaSampler(pair, manner.area(), sink)
                : new PointSampler(pair, manner.sampling == Method.NEAREST, sink);
    }

    private boolean write(Square square, double[] values, byte[] data) {
        boolean any = markBlanks(values);
        double[] line = new double[square.side];
        for (int x = 0; any && x < square.side; x++) {
            System.arraycopy(values, square.pixel(square.x + x, square.y), line, 0, square.side);
            format.type().write(data, PixelOrder.fitsOffset(square.width, square.x + x, square.y), line);
        }
        return any;
    }

    /** Makes infinite values NaN, and tells whether there are others. For itself, so that it is compiled soon, and once. */
    private static boolean markBlanks(double[] values) {
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                any = true;
            } else {
                values[i] = Double.NaN;
            }
        }
        return any;
    }

    /** Puts values on a stack, with weights that fade towards the border where that is wanted. */
    private final class ToStack implements SquareSampler.Sink {
        private final Square square;
        private final Stack stack;
        private final SkyImage image;
        private final double fading;

        ToStack(Square square, Stack stack, SkyImage image) {
            this.square = square;
            this.stack = stack;
            this.image = image;
            this.fading = manner.coadd == Coadd.FADING ? FADING * Math.min(image.width(), image.height()) : 0;
        }

        @Override
        public void accept(int x, int y, double value, double weight, double imageX, double imageY) {
            double own = weight * image.treatment().weight();
            stack.put(square.pixel(x, y), value, fading > 0 ? own * fading(imageX, imageY) : own);
        }

        @Override
        public void accept(int x, int y, Line line) {
            if (fading == 0) {
                int pixel = square.pixel(x, y + line.first());
                stack.put(
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
        Square square = new Square(cell, width, 0, 0, width);
        FirstValue first = new FirstValue();
        for (int image : index.images(cell)) {
            sampler(image, square, blocks, first).sample(0, 0, width);
            if (first.isFull()) {
                return true;
            }
        }
        return false;
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
        return touching.length > 0 && read(new Square(address, 1, 0, 0, 1), touching, files, one)
                ? format.physical(one, 0)
                : Double.NaN;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
