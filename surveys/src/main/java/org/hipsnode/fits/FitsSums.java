package org.hipsnode.fits;

import java.nio.ByteBuffer;
import java.util.List;
import nom.tam.fits.utilities.FitsCheckSum;

/** The sums by which a FITS file shows that it is not damaged (FITS 4.0 §4.4.2.7). */
public final class FitsSums {
    private static final long ALL_ONES = 0xffffffffL;

    private FitsSums() {}

    /** Tells whether DATASUM and CHECKSUM cards, where there are any, belong to the bytes of a file. */
    public static boolean agree(ByteBuffer file, List<FitsHdu> hdus) {
        long start = 0;
        for (FitsHdu hdu : hdus) {
            if (!agree(file, start, hdu)) {
                return false;
            }
            start = FitsFile.padded(hdu.dataOffset() + hdu.dataBytes());
        }
        return true;
    }

    private static boolean agree(ByteBuffer file, long start, FitsHdu hdu) {
        boolean hasWhole = hdu.header().has("CHECKSUM");
        var stored = hdu.header().text("DATASUM");
        if (!hasWhole && stored.isEmpty()) {
            return true;
        }
        long dataSum = sum(file, hdu.dataOffset(), hdu.dataOffset() + FitsFile.padded(hdu.dataBytes()));
        if (stored.isPresent() && !stored.get().equals(Long.toString(dataSum))) {
            return false;
        }
        long whole = FitsCheckSum.sumOf(sum(file, start, hdu.dataOffset()), dataSum);
        return !hasWhole || whole == ALL_ONES || whole == 0;
    }

    /** What lacks of the last block, or of the last word, counts as zeros. */
    private static long sum(ByteBuffer file, long from, long to) {
        int start = (int) Math.min(from, file.limit());
        int end = (int) Math.min(to, file.limit());
        int words = (end - start) / Integer.BYTES * Integer.BYTES;
        ByteBuffer rest = ByteBuffer.allocate(Integer.BYTES).put(file.slice(start + words, end - start - words));
        return FitsCheckSum.sumOf(FitsImage.sumOfWords(file.slice(start, words)), FitsImage.sum(rest.array()));
    }
}
