package org.hipsnode.generate.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.image.compression.CompressedImageTiler;
import nom.tam.image.compression.hdu.CompressedImageHDU;
import nom.tam.util.FitsOutputStream;
import org.hipsnode.io.MalformedDataException;
import org.jspecify.annotations.Nullable;

/** The pixels of an image that a table holds compressed, row after row, decompressed by nom-tam-fits. */
final class CompressedImage implements Closeable {
    /** Pixels that are decompressed together; a multiple of most compressed pieces, which are single rows as a rule. */
    private static final int PIXELS_AT_ONCE = 1 << 20;

    private static final String SCALE = "ZSCALE";

    private final String name;
    private final Fits fits;
    private final CompressedImageTiler pieces;
    private final int[] axes;

    private CompressedImage(String name, Fits fits, CompressedImageTiler pieces, int[] axes) {
        this.name = name;
        this.fits = fits;
        this.pieces = pieces;
        this.axes = axes;
    }

    /**
     * Opens an image.
     *
     * @param file unpacked
     * @param name for messages
     */
    static CompressedImage open(Path file, int hdu, String name) throws IOException {
        Fits fits = null;
        try {
            fits = new Fits(file.toString());
            BasicHDU<?> found = fits.getHDU(hdu);
            if (!(found instanceof CompressedImageHDU table)) {
                throw MalformedDataException.expected(name, "a compressed image", "something else");
            }
            if (!isQuantized(table)) {
                // the library would look for scales that lossless floating-point numbers do not have, and find NaN
                table.getHeader().deleteKey("ZQUANTIZ");
            }
            return new CompressedImage(name, fits, new CompressedImageTiler(table), table.getImageAxes());
        } catch (RuntimeException e) {
            closeQuietly(fits);
            throw malformed(name, e);
        } catch (IOException e) {
            closeQuietly(fits);
            throw e;
        }
    }

    /** Floating-point numbers that became integers have a scale, in a card or in a column (FITS 4.0 §10.2). */
    private static boolean isQuantized(CompressedImageHDU table) {
        boolean column = false;
        for (int i = 0; i < table.getNCols(); i++) {
            column |= SCALE.equals(table.getColumnName(i));
        }
        return column || table.getHeader().containsKey(SCALE);
    }

    private static void closeQuietly(@Nullable Fits fits) throws IOException {
        if (fits != null) {
            fits.close();
        }
    }

    private static MalformedDataException malformed(String name, Throwable cause) {
        return new MalformedDataException(
                "'" + name + "': expected an image in a compressed table, found " + cause.getMessage()
                        + "; unpack it with funpack",
                cause);
    }

    /** Returns how many rows are best read together. */
    int rowsAtOnce() {
        int width = axes[axes.length - 1];
        return Math.max(1, Math.min(axes[axes.length - 2], PIXELS_AT_ONCE / Math.max(1, width)));
    }

    /** Writes some rows of a plane as plain numbers, big-endian. */
    void write(int plane, int row, int rows, OutputStream into) throws IOException {
        int[] from = new int[axes.length];
        int[] lengths = new int[axes.length];
        Arrays.fill(lengths, 1);
        int rest = plane;
        for (int axis = axes.length - 3; axis >= 0; axis--) {
            from[axis] = rest % axes[axis];
            rest /= axes[axis];
        }
        from[axes.length - 2] = row;
        lengths[axes.length - 2] = rows;
        lengths[axes.length - 1] = axes[axes.length - 1];
        try {
            FitsOutputStream out = new FitsOutputStream(into);
            pieces.getTile(out, from, lengths);
            out.flush();
        } catch (RuntimeException e) {
            throw malformed(name, e);
        } catch (IOException e) {
            throw new IOException("'" + name + "' cannot be decompressed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        fits.close();
    }
}
