package org.hipsnode.generate.body;

/**
 * Where the body is on a map. Directions are unit vectors from the body's centre: z to the north pole, x to longitude 0, and
 * longitudes are counted eastwards. Pixels are counted from 0, their centres have whole numbers, the first line stored is line 0.
 */
interface Plane {
    /** Finds the place of a direction, on the map or beyond its edges; false if the projection does not show it. */
    boolean toPixel(double x, double y, double z, double[] place);

    /** Returns the side of a pixel where the map is best, in degrees. */
    double scaleDegrees();

    /** Returns after how many pixels of a line the body repeats itself; 0 if it does not. */
    default double period() {
        return 0;
    }

    /** Tells whether the map may show anything within an angle, in radians, of a direction; it may promise too much. */
    default boolean mayTouch(double x, double y, double z, double radius) {
        return true;
    }
}
