package org.hipsnode.generate.source;

import java.io.IOException;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.healpix.RingInterpolation;
import org.hipsnode.moc.Moc;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.survey.SurveyDefinition.Resampling.Method;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;

/**
 * A source in another frame or with finer pixels: the value of each pixel is that of the other source at its centre.
 *
 * <p>Bilinear values are means of the non-blank of four pixels; a place whose own pixel is blank stays blank, so that holes
 * neither grow nor shrink. Integers are rounded to the nearest.
 */
public final class ResampledSource extends SourceAround {
    private final Frame frame;
    private final int pixelOrder;
    private final Method method;
    private final HealpixGrid sourceGrid;
    private final ThreadLocal<Search> searches;

    /** What one thread needs. */
    private record Search(SquareCache pixels, RingInterpolation around) {}

    /**
     * Takes a source of one number a pixel.
     *
     * @param frame of the new pixels
     * @param pixelOrder of the new pixels
     */
    public ResampledSource(TileSource source, Frame frame, int pixelOrder, Method method) {
        super(source);
        this.frame = frame;
        this.pixelOrder = pixelOrder;
        this.method = method;
        this.sourceGrid = HealpixGrid.ofOrder(source.pixelOrder());
        this.searches =
                ThreadLocal.withInitial(() -> new Search(new SquareCache(source), new RingInterpolation(sourceGrid)));
    }

    @Override
    public int pixelOrder() {
        return pixelOrder;
    }

    @Override
    public Frame frame() {
        return frame;
    }

    /** That of the other source is in another frame. */
    @Override
    public Moc reach() {
        return frame == source.frame() ? source.reach() : Moc.fullSky(0);
    }

    @Override
    public boolean read(TileAddress address, int width, byte[] data) throws IOException {
        HealpixGrid grid = HealpixGrid.ofOrder(address.order() + Integer.numberOfTrailingZeros(width));
        Search search = searches.get();
        long first = address.index() * width * width;
        boolean any = false;
        for (int i = 0; i < width * width; i++) {
            // in NESTED order, in which neighbours in time are neighbours on the sky
            double number = stored(search, inSource(grid.centre(first + i)));
            int target = PixelOrder.fitsOffset(width, (long) i);
            if (Double.isNaN(number)) {
                format().putBlank(data, target);
            } else {
                put(data, target, number);
                any = true;
            }
        }
        return any;
    }

    private void put(byte[] data, int target, double number) {
        if (format().type().isFloating()) {
            format().type().put(data, target, number);
        } else {
            format().type().putLong(data, target, Math.round(number));
        }
    }

    private SkyPoint inSource(SkyPoint point) {
        return frame == source.frame()
                ? point
                : source.frame().fromIcrs(frame.toIcrs(point.vector())).point();
    }

    /** Returns the stored number at a point of the source's frame; NaN if there is none. */
    private double stored(Search search, SkyPoint point) throws IOException {
        double own = search.pixels.stored(sourceGrid.nestedAt(point));
        if (method == Method.NEAREST || Double.isNaN(own)) {
            return own;
        }
        search.around.find(point.latRadians(), point.lonRadians());
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < 4; i++) {
            double number = search.pixels.stored(search.around.pixel(i));
            if (!Double.isNaN(number)) {
                sum += search.around.weight(i) * number;
                weights += search.around.weight(i);
            }
        }
        return weights > 0 ? sum / weights : own;
    }

    @Override
    public boolean hasData(TileAddress cell) throws IOException {
        HealpixGrid grid = HealpixGrid.ofOrder(pixelOrder);
        int shift = 2 * (pixelOrder - cell.order());
        long first = cell.index() << shift;
        Search search = searches.get();
        for (long i = 0; i < 1L << shift; i++) {
            if (!Double.isNaN(search.pixels.stored(sourceGrid.nestedAt(inSource(grid.centre(first + i)))))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double value(long nested) throws IOException {
        return source.value(
                sourceGrid.nestedAt(inSource(HealpixGrid.ofOrder(pixelOrder).centre(nested))));
    }
}
