package org.hipsnode.generate.write;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hipsnode.sky.UnitVector;

/**
 * The smallest circle around directions that lie within less than a hemisphere, by Welzl's way (1991, "Smallest enclosing disks"):
 * a direction outside of the circle around those before it lies on the circle around all of them, so that three fix it.
 */
final class SmallestCap {
    /** In squares of chords: directions on the circle are not outside of it, however they are rounded. */
    private static final double ROUNDING = 1e-9;

    private final UnitVector centre;
    private final double chord;

    private SmallestCap(UnitVector centre, UnitVector edge) {
        this.centre = centre;
        this.chord = chord(centre, edge);
    }

    static SmallestCap around(List<UnitVector> directions) {
        UnitVector[] all = directions.toArray(UnitVector[]::new);
        // in a random sequence few lie outside of the circle so far; always the same one, so that results are the same
        Collections.shuffle(Arrays.asList(all), new Random(0));
        SmallestCap cap = new SmallestCap(all[0], all[0]);
        for (int i = 1; i < all.length; i++) {
            cap = cap.holds(all[i]) ? cap : through(all, i);
        }
        return cap;
    }

    private static SmallestCap through(UnitVector[] all, int i) {
        SmallestCap cap = new SmallestCap(all[i], all[i]);
        for (int j = 0; j < i; j++) {
            cap = cap.holds(all[j]) ? cap : through(all, i, j);
        }
        return cap;
    }

    private static SmallestCap through(UnitVector[] all, int i, int j) {
        SmallestCap cap = between(all[i], all[j]);
        for (int k = 0; k < j; k++) {
            cap = cap.holds(all[k]) ? cap : through(all[i], all[j], all[k]);
        }
        return cap;
    }

    private static SmallestCap between(UnitVector a, UnitVector b) {
        return new SmallestCap(UnitVector.towards(a.x() + b.x(), a.y() + b.y(), a.z() + b.z()), a);
    }

    /** The middle is as far from all three: it is at right angles to their differences. */
    private static SmallestCap through(UnitVector a, UnitVector b, UnitVector c) {
        double ux = b.x() - a.x();
        double uy = b.y() - a.y();
        double uz = b.z() - a.z();
        double vx = c.x() - a.x();
        double vy = c.y() - a.y();
        double vz = c.z() - a.z();
        double x = uy * vz - uz * vy;
        double y = uz * vx - ux * vz;
        double z = ux * vy - uy * vx;
        double side = Math.signum(a.dot(x, y, z));
        return new SmallestCap(UnitVector.towards(side * x, side * y, side * z), a);
    }

    private boolean holds(UnitVector direction) {
        return chord(centre, direction) <= chord * (1 + ROUNDING);
    }

    /** Returns the square of the straight distance of two directions. */
    private static double chord(UnitVector a, UnitVector b) {
        double x = a.x() - b.x();
        double y = a.y() - b.y();
        double z = a.z() - b.z();
        return x * x + y * y + z * z;
    }

    UnitVector centre() {
        return centre;
    }
}
