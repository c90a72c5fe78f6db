package org.hipsnode.wcs;

import org.hipsnode.fits.FitsHeader;
import org.hipsnode.sky.Frame;
import org.hipsnode.wcs.projection.Projection;

/**
 * Where the pixels of an image are on the sky, as its FITS header says (Greisen & Calabretta 2002, "Paper I", and Calabretta &
 * Greisen 2002, "Paper II").
 *
 * <p>Pixels are counted as FITS does: the centre of the first pixel is (1, 1), the image reaches from 0.5 to {@code width} +
 * 0.5. Whoever counts from 0 adds 1. Angles are in radians, and a direction is a unit vector of {@link
 * org.hipsnode.sky.UnitVector}'s axes, in the image's own {@link #frame()} or, after {@link #in(Frame)}, in that of a survey.
 * Vectors are the quick way: there most projections need no trigonometry.
 *
 * <p>The steps: pixel − CRPIX, {@link Sip}, {@link PixelPlane}, {@link Tpv}, {@link Projection}, {@link SkyTurn}.
 *
 * <p>Immutable, for many threads at once. Only {@link #toSky} allocates, three numbers.
 */
public final class ImageWcs {
    private final ImageAxes axes;
    private final SkyFrame frame;
    private final PixelSteps steps;
    private final Projection projection;
    private final SkyTurn turn;

    ImageWcs(ImageAxes axes, SkyFrame frame, PixelSteps steps, Projection projection, SkyTurn turn) {
        this.axes = axes;
        this.frame = frame;
        this.steps = steps;
        this.projection = projection;
        this.turn = turn;
    }

    /** Reads a header; alternate descriptions (keywords that end in a letter) are not looked at. */
    public static ImageWcs of(FitsHeader header) throws WcsException {
        return new WcsReader(new HeaderValues(header)).read();
    }

    /**
     * Returns the same image with its directions in the frame of a survey.
     *
     * @throws IllegalStateException if the image is of a body
     */
    public ImageWcs in(Frame surveyFrame) {
        double[] eTerms = frame.family() == SkyFrame.Family.FK4 ? Equinoxes.eTerms(frame.equinox()) : new double[3];
        SkyTurn fromSurvey = SkyTurn.of(turn.rotation())
                .after(surveyFrame.rotation().inverse().then(frame.fromIcrs()), eTerms);
        return new ImageWcs(axes, frame, steps, projection, fromSurvey);
    }

    /** Returns the frame in which the header's coordinates are. */
    public SkyFrame frame() {
        return frame;
    }

    /** Returns the number of pixels along x. */
    public long width() {
        return axes.width();
    }

    /** Returns the number of pixels along y. */
    public long height() {
        return axes.height();
    }

    /** Returns the number, from 1, of the header's axis that is x. */
    public int xAxis() {
        return axes.x();
    }

    /** Returns the number of the header's axis that is y, larger than that of x. */
    public int yAxis() {
        return axes.y();
    }

    /** Returns the side of a square as large as the pixel at the reference point, in degrees. */
    public double pixelScale() {
        return Math.toDegrees(steps.plane().scale());
    }

    /** Returns after how many radians along the plane's x the sky repeats itself there, 0 if it does not. */
    double period() {
        return projection.period();
    }

    /**
     * Finds the direction of a place in the image.
     *
     * @param vector gets the unit vector
     * @return false if no place of the sky is shown there; the vector's content is undefined then
     */
    public boolean toVector(double x, double y, double[] vector) {
        steps.toPlane(x, y, vector);
        if (!projection.toSphere(vector[0], vector[1], vector)) {
            return false;
        }
        turn.toSky(vector);
        // headers with absurd numbers overflow on the way
        return Double.isFinite(vector[0] + vector[1] + vector[2]);
    }

    /**
     * Finds the place in the image, or beyond its edges, where a direction is shown. Where the projection repeats itself, it is
     * the place inside the image if there is one.
     *
     * @param xy gets the pixel coordinates
     * @return false if the direction is shown nowhere; the content of {@code xy} is undefined then
     */
    public boolean toPixel(double vectorX, double vectorY, double vectorZ, double[] xy) {
        double x = turn.rotation().x().dot(vectorX, vectorY, vectorZ) + turn.shiftX();
        double y = turn.rotation().y().dot(vectorX, vectorY, vectorZ) + turn.shiftY();
        double z = turn.rotation().z().dot(vectorX, vectorY, vectorZ) + turn.shiftZ();
        if (turn.hasShift()) {
            double length = Math.sqrt(x * x + y * y + z * z);
            x /= length;
            y /= length;
            z /= length;
        }
        return projection.toPlane(x, y, z, xy) && steps.toPixel(xy) && Double.isFinite(xy[0] + xy[1]);
    }

    /**
     * Finds longitude and latitude, in radians, of a place in the image.
     *
     * @param lonLat gets the longitude in [0, 2π) and the latitude
     * @return false if no place of the sky is shown there
     */
    public boolean toSky(double x, double y, double[] lonLat) {
        double[] vector = new double[3];
        if (!toVector(x, y, vector)) {
            return false;
        }
        double lon = Math.atan2(vector[1], vector[0]);
        lonLat[0] = lon < 0 ? (lon + 2 * Math.PI) % (2 * Math.PI) : lon;
        lonLat[1] = Math.atan2(vector[2], Math.hypot(vector[0], vector[1]));
        return true;
    }

    /**
     * Finds the place in the image of a longitude and a latitude in radians; see {@link #toPixel(double, double, double,
     * double[])}.
     */
    public boolean toPixel(double lonRadians, double latRadians, double[] xy) {
        double cosLat = Math.cos(latRadians);
        return toPixel(cosLat * Math.cos(lonRadians), cosLat * Math.sin(lonRadians), Math.sin(latRadians), xy);
    }
}
