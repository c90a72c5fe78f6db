package org.hipsnode.wcs.projection;

/**
 * A projection between the native sphere and a plane (Calabretta & Greisen 2002, "Paper II").
 *
 * <p>A point of the sphere is a unit vector: x towards native longitude φ = 0 and latitude θ = 0, y towards φ = 90°, z towards
 * θ = 90°; so most projections need no trigonometry. The plane is in radians: where the paper writes 180°/π, there is 1 here.
 *
 * <p>Immutable, for many threads at once, and without allocation.
 */
public interface Projection {

    /**
     * Projects a point of the native sphere.
     *
     * @param plane gets x and y in radians
     * @return false if the projection does not show that point; the plane's content is undefined then
     */
    boolean toPlane(double x, double y, double z, double[] plane);

    /**
     * Finds the point of the native sphere that is shown at a place of the plane.
     *
     * @param vector gets the unit vector
     * @return false if nothing is shown there
     */
    boolean toSphere(double x, double y, double[] vector);

    /** Returns θ0, the native latitude of the reference point, in radians; its native longitude is 0 (Paper II §2.2). */
    double referenceLatitude();

    /** Returns the x after which the plane repeats itself, in radians; 0 if it does not. */
    default double period() {
        return 0;
    }
}
