package org.hipsnode.node.demo;

/**
 * Smooth noise in space, the same everywhere: random values at the points of a lattice, blended in between (value noise), and
 * sums of it at finer and finer lattices.
 */
final class Noise {
    private final long seed;

    Noise(long seed) {
        this.seed = seed;
    }

    /**
     * Returns the sum of octaves, each of twice the frequency and a part of the amplitude of the one before, about −1 to 1.
     *
     * @param persistence part of the amplitude that the next octave has
     */
    double fractal(double x, double y, double z, int octaves, double persistence) {
        double sum = 0;
        double norm = 0;
        double amplitude = 1;
        double frequency = 1;
        for (int i = 0; i < octaves; i++) {
            sum += amplitude * at(x * frequency + 17.3 * i, y * frequency - 5.1 * i, z * frequency + 3.7 * i);
            norm += amplitude;
            amplitude *= persistence;
            frequency *= 2;
        }
        return sum / norm;
    }

    private double at(double x, double y, double z) {
        long i = (long) StrictMath.floor(x);
        long j = (long) StrictMath.floor(y);
        long k = (long) StrictMath.floor(z);
        double u = smooth(x - i);
        double v = smooth(y - j);
        double w = smooth(z - k);
        return mix(
                mix(
                        mix(lattice(i, j, k), lattice(i + 1, j, k), u),
                        mix(lattice(i, j + 1, k), lattice(i + 1, j + 1, k), u),
                        v),
                mix(
                        mix(lattice(i, j, k + 1), lattice(i + 1, j, k + 1), u),
                        mix(lattice(i, j + 1, k + 1), lattice(i + 1, j + 1, k + 1), u),
                        v),
                w);
    }

    private static double mix(double a, double b, double part) {
        return a + part * (b - a);
    }

    /** A curve from 0 to 1 whose first two derivatives vanish at both ends. */
    private static double smooth(double t) {
        return t * t * t * (t * (6 * t - 15) + 10);
    }

    private double lattice(long i, long j, long k) {
        return 2 * uniform(seed ^ (i * 0x9e3779b97f4a7c15L + j * 0xc2b2ae3d27d4eb4fL + k * 0x165667b19e3779f9L)) - 1;
    }

    /** Returns a number of 0 to 1 that a key always gives (the finaliser of SplitMix64). */
    static double uniform(long key) {
        long z = key + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        z ^= z >>> 31;
        return (z >>> 11) * 0x1.0p-53;
    }
}
