package org.hipsnode.healpix;

import java.util.List;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;

/** All directions within an angle of an axis. */
public record Cone(UnitVector axis, double radiusRadians) implements Region {

    public Cone {
        if (!(radiusRadians >= 0 && radiusRadians <= Math.PI)) {
            throw new IllegalArgumentException("cone radius must be 0 to π radians, found " + radiusRadians);
        }
    }

    public static Cone around(SkyPoint centre, double radiusRadians) {
        return new Cone(centre.vector(), radiusRadians);
    }

    @Override
    public double depth(UnitVector direction) {
        return radiusRadians - axis.angleTo(direction);
    }

    @Override
    public List<UnitVector> witnesses() {
        return List.of(axis);
    }
}
