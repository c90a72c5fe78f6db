package org.hipsnode.healpix;

import java.util.List;
import org.hipsnode.sky.UnitVector;

/** A closed region of the sphere, known by how deep inside it a direction lies. */
public sealed interface Region permits Cone, Polygon {

    /**
     * Returns the angle in radians from a direction to the region's boundary: positive inside, negative outside, zero on
     * the boundary.
     */
    double depth(UnitVector direction);

    /** Returns directions of the region; a cell that holds the whole boundary but is not inside holds one of them. */
    List<UnitVector> witnesses();

    default boolean contains(UnitVector direction) {
        return depth(direction) >= 0;
    }
}
