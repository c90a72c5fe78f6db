package org.hipsnode.generate.body;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hipsnode.generate.source.PositionedFile;
import org.hipsnode.io.MalformedDataException;
import org.jspecify.annotations.Nullable;

/** The values of a map in squares, those used last kept within a limit of memory; for any number of threads. */
final class RasterFile implements Closeable {
    static final int SIDE = 256;

    private final Raster raster;
    private final PositionedFile numbers;
    private final Closeable unpacked;
    private final long limit = Runtime.getRuntime().maxMemory() / 4 / Double.BYTES;
    private final Map<Key, double[]> squares = new LinkedHashMap<>(64, 0.75f, true);
    private long kept;

    private record Key(int band, int column, int row) {}

    private RasterFile(Raster raster, PositionedFile numbers, Closeable unpacked) {
        this.raster = raster;
        this.numbers = numbers;
        this.unpacked = unpacked;
    }

    /**
     * Opens the file of a map.
     *
     * @param name what messages call it
     * @param unpacked is closed with this
     */
    static RasterFile open(Raster raster, Path file, String name, Closeable unpacked) throws IOException {
        long bytes = Files.size(file);
        if (raster.at(0, 0, raster.height() - 1) < 0 || raster.end() > bytes) {
            throw MalformedDataException.expected(
                    name,
                    raster.end() + " bytes of " + raster.width() + "×" + raster.height() + " pixels",
                    bytes + ": it is truncated, or its label tells a wrong size");
        }
        return new RasterFile(raster, PositionedFile.open(file, name), unpacked);
    }

    Raster raster() {
        return raster;
    }

    /** Returns the values of a square, {@link #SIDE} of them in a line, of which those beyond the map are undefined. */
    double[] square(int band, int column, int row) throws IOException {
        Key key = new Key(band, column, row);
        double[] known = find(key);
        if (known != null) {
            return known;
        }
        double[] read = read(key);
        keep(key, read);
        return read;
    }

    private double[] read(Key key) throws IOException {
        int x = key.column * SIDE;
        int y = key.row * SIDE;
        int columns = Math.min(SIDE, raster.width() - x);
        int step = (int) raster.steps().column();
        byte[] line = new byte[(columns - 1) * step + raster.type().bytes()];
        ByteBuffer buffer = ByteBuffer.wrap(line).order(raster.order());
        double[] values = new double[SIDE * SIDE];
        for (int i = 0; i < Math.min(SIDE, raster.height() - y); i++) {
            numbers.read(raster.at(key.band, x, y + i), line, 0, line.length);
            for (int j = 0; j < columns; j++) {
                values[i * SIDE + j] = raster.values().of(raster.type().get(buffer, j * step));
            }
        }
        return values;
    }

    private synchronized double @Nullable [] find(Key key) {
        return squares.get(key);
    }

    private synchronized void keep(Key key, double[] square) {
        if (squares.putIfAbsent(key, square) == null) {
            kept += square.length;
        }
        for (Iterator<double[]> eldest = squares.values().iterator(); kept > limit && eldest.hasNext(); ) {
            kept -= eldest.next().length;
            eldest.remove();
        }
    }

    @Override
    public void close() throws IOException {
        try (unpacked) {
            numbers.close();
        }
    }
}
