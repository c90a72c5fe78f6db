package org.hipsnode.wcs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All steps between pixels and the plane of the projection. */
final class PixelSteps {
    private static final double DEGREE = Math.PI / 180;

    private final ImageAxes axes;
    private final ReferencePoint reference;
    private final PixelPlane plane;
    private final PixelPlane back;
    private final @Nullable Inversion sip;
    private final @Nullable Inversion tpv;
    private final double period;

    /**
     * Joins the steps.
     *
     * @param sip distortion of pixels
     * @param tpv distortion of the plane, in degrees
     * @param period of the projection
     */
    PixelSteps(
            ImageAxes axes,
            ReferencePoint reference,
            PixelPlane plane,
            Optional<? extends Distortion> sip,
            Optional<? extends Distortion> tpv,
            double period) {
        this.axes = axes;
        this.reference = reference;
        this.plane = plane;
        this.back = plane.inverse();
        this.sip = sip.map(distortion -> new Inversion(distortion, 1)).orElse(null);
        this.tpv = tpv.map(distortion -> new Inversion(distortion, 1)).orElse(null);
        this.period = period;
    }

    PixelPlane plane() {
        return plane;
    }

    /** Puts the place in the plane of a pixel into the first two of {@code out}. */
    void toPlane(double x, double y, double[] out) {
        double dx = x - reference.pixelX();
        double dy = y - reference.pixelY();
        if (sip != null) {
            sip.distortion().apply(dx, dy, out);
            dx = out[0];
            dy = out[1];
        }
        double lon = plane.lon(dx, dy);
        double lat = plane.lat(dx, dy);
        if (tpv != null) {
            tpv.distortion().apply(lon / DEGREE, lat / DEGREE, out);
            lon = out[0] * DEGREE;
            lat = out[1] * DEGREE;
        }
        out[0] = lon + reference.planeX();
        out[1] = lat + reference.planeY();
    }

    /** Turns a place in the plane, in place, into a pixel; tells whether there is one. */
    boolean toPixel(double[] place) {
        place[0] -= reference.planeX();
        place[1] -= reference.planeY();
        if (tpv != null) {
            if (!tpv.find(place[0] / DEGREE, place[1] / DEGREE, place)) {
                return false;
            }
            place[0] *= DEGREE;
            place[1] *= DEGREE;
        }
        double dx = back.lon(place[0], place[1]);
        double dy = back.lat(place[0], place[1]);
        place[0] = dx;
        place[1] = dy;
        if (sip != null && !sip.find(dx, dy, place)) {
            return false;
        }
        place[0] += reference.pixelX();
        place[1] += reference.pixelY();
        if (period > 0 && !axes.holds(place[0], place[1])) {
            useRepetition(place);
        }
        return true;
    }

    /** Takes the place one period to either side if that is on the image. */
    private void useRepetition(double[] place) {
        double stepX = back.lon(period, 0);
        double stepY = back.lat(period, 0);
        if (axes.holds(place[0] + stepX, place[1] + stepY)) {
            place[0] += stepX;
            place[1] += stepY;
        } else if (axes.holds(place[0] - stepX, place[1] - stepY)) {
            place[0] -= stepX;
            place[1] -= stepY;
        }
    }
}
