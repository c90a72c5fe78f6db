package org.hipsnode.benchmarks;

import java.util.Random;

/** Test data that pack as skies do: a smooth part and noise. */
final class Sky {
    private Sky() {}

    /** Returns the value of a pixel of an image of some width. */
    static float value(int x, int y, Random noise) {
        return (float) (Math.sin(x / 90.0) + Math.cos(y / 70.0) + 0.02 * noise.nextGaussian());
    }
}
