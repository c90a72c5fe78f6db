package org.hipsnode.node.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.source.PlainMap;
import org.hipsnode.healpix.Cone;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.healpix.RegionCells;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.progress.Progress;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;

/**
 * An all-sky map at nside 512 that looks like a sky in the far infrared: a clumpy galactic plane, cirrus with structure at
 * all scales, and a few hundred sources. Every pixel follows from its position, in strict arithmetic, so the file is the same
 * bytes wherever it is made.
 */
public final class DemoSky {
    private static final int ORDER = 9;
    private static final int SOURCES = 400;
    private static final double SOURCE_RADIUS = StrictMath.toRadians(0.25);
    private static final double SOURCE_REACH = 6 * SOURCE_RADIUS;
    private static final Noise CIRRUS = new Noise(1);
    private static final Noise CLOUDS = new Noise(2);
    private static final Noise WARP = new Noise(3);

    private DemoSky() {}

    /** Writes the map, in galactic coordinates and NESTED order. */
    public static void write(Path file, Progress progress) throws IOException {
        AtomicFiles.write(file, fits(ORDER, progress));
    }

    /** Returns the map of an order of at least 4, of which a row of the table holds a part. */
    static byte[] fits(int order, Progress progress) {
        HealpixGrid grid = HealpixGrid.ofOrder(order);
        float[] map = new float[(int) grid.pixelCount()];
        try (Progress.Phase phase = progress.begin("make a sky", "base cells", 12)) {
            LongStream.range(0, 12).parallel().forEach(cell -> {
                int size = map.length / 12;
                for (int pixel = (int) cell * size; pixel < (cell + 1) * size; pixel++) {
                    map[pixel] = (float) diffuse(direction(grid.centre(pixel)));
                }
                phase.add(1, 4L * size);
            });
        }
        addSources(map, grid);
        return fits(map, grid);
    }

    /** The last digits of Math's sines may differ from machine to machine, those of StrictMath's do not. */
    private static UnitVector direction(SkyPoint point) {
        double cosLat = StrictMath.cos(point.latRadians());
        return new UnitVector(
                cosLat * StrictMath.cos(point.lonRadians()),
                cosLat * StrictMath.sin(point.lonRadians()),
                StrictMath.sin(point.latRadians()));
    }

    /** Returns the brightness in MJy/sr of dust at a point, galactic. */
    private static double diffuse(UnitVector point) {
        double x = point.x();
        double y = point.y();
        double z = point.z();
        double height = z + 0.02 * WARP.fractal(3 * x, 3 * y, 3 * z, 4, 0.5);
        double towardsCentre = 0.5 + 0.5 * x;
        double clumps = StrictMath.exp(3.2 * CLOUDS.fractal(5 * x, 5 * y, 10 * z, 8, 0.7));
        double thin = StrictMath.exp(-StrictMath.abs(height) / (0.014 + 0.02 * towardsCentre));
        double thick = StrictMath.exp(-StrictMath.abs(height) / 0.12);
        double plane = clumps * (180 * thin * (0.15 + towardsCentre * towardsCentre) + 9 * thick);
        double cirrus = StrictMath.exp(3.6 * CIRRUS.fractal(2.5 * x, 2.5 * y, 2.5 * z, 9, 0.7));
        double bulge = 60 * StrictMath.exp(-(StrictMath.pow(1 - x, 2) + 9 * z * z) / 0.02);
        return 1.2 + cirrus * (0.6 + 2 * thick) + plane + bulge;
    }

    private static void addSources(float[] map, HealpixGrid grid) {
        for (int i = 0; i < SOURCES; i++) {
            double lon = 2 * StrictMath.PI * Noise.uniform(3L * i);
            double lat = StrictMath.asin(2 * Noise.uniform(3L * i + 1) - 1);
            double flux = 4 * StrictMath.pow(Noise.uniform(3L * i + 2) + 0.002, -0.9);
            addSource(map, grid, direction(new SkyPoint(lon, lat)), flux);
        }
    }

    /** The cells around it are more than its pixels, so that only strict arithmetic decides which these are. */
    private static void addSource(float[] map, HealpixGrid grid, UnitVector centre, double flux) {
        RegionCells.touching(new Cone(centre, 1.1 * SOURCE_REACH), grid.order(), (order, cell) -> {
            int shift = 2 * (grid.order() - order);
            for (long pixel = cell << shift; pixel < (cell + 1) << shift; pixel++) {
                double distance = distance(centre, direction(grid.centre(pixel)));
                if (distance < SOURCE_REACH) {
                    double inRadii = distance / SOURCE_RADIUS;
                    map[(int) pixel] += (float) (flux * StrictMath.exp(-inRadii * inRadii / 2));
                }
            }
        });
    }

    private static double distance(UnitVector a, UnitVector b) {
        double dx = a.x() - b.x();
        double dy = a.y() - b.y();
        double dz = a.z() - b.z();
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    private static byte[] fits(float[] map, HealpixGrid grid) {
        byte[] primary = PlainMap.primaryHeader();
        byte[] table = PlainMap.tableHeader(
                PixelType.FLOAT32,
                grid.order(),
                Frame.GALACTIC,
                1024,
                "BRIGHTNESS",
                unit -> unit.add("TUNIT1", "MJy/sr", ""),
                more -> more.add("OBJECT", "FULLSKY", "").add("DATE", "2026-01-01T00:00:00", ""));
        ByteBuffer file = ByteBuffer.allocate(primary.length + table.length + (map.length * 4 + 2879) / 2880 * 2880);
        file.put(primary).put(table);
        file.asFloatBuffer().put(map);
        return file.array();
    }
}
