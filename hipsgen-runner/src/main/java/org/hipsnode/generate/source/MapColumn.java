package org.hipsnode.generate.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hipsnode.fits.BinaryTable;
import org.hipsnode.fits.PixelType;

/**
 * The elements of a table's column, counted on through all rows.
 *
 * <p>Logical values and bits become bytes of 0 and 1, an undefined logical {@link #UNDEFINED}. Where the table has nothing but the
 * column, elements are read straight to where they go; else rows are read whole, a piece at a time, and the elements picked.
 */
final class MapColumn {
    /** The byte for a logical value that is neither true nor false. */
    static final int UNDEFINED = 255;

    /** Rows are read in pieces of at most this, or one by one. */
    private static final int PIECE_BYTES = 1 << 16;

    private final PositionedFile file;
    private final BinaryTable table;
    private final BinaryTable.Column column;
    private final PixelType type;
    private final boolean bits;
    private final boolean logical;

    MapColumn(PositionedFile file, BinaryTable table, BinaryTable.Column column) {
        this.file = file;
        this.table = table;
        this.column = column;
        this.bits = column.form() == 'X';
        this.logical = column.form() == 'L';
        this.type = column.pixelType().orElse(PixelType.UINT8);
    }

    /** Tells whether a column holds one number, logical value or bit for each element. */
    static boolean isUsable(BinaryTable.Column column) {
        return column.pixelType().isPresent() || column.form() == 'L' || column.form() == 'X';
    }

    PixelType type() {
        return type;
    }

    /** Returns the number of elements in all rows. */
    long count() {
        return table.rows() * column.repeat();
    }

    /**
     * Copies a run of elements.
     *
     * @param first number of the first element
     * @param into where to, in numbers of {@link #type()}
     * @param index place of the first in {@code into}, in numbers
     */
    void copy(long first, int count, byte[] into, int index) throws IOException {
        if (isAlone()) {
            file.read(position(first), into, index * type.bytes(), count * type.bytes());
        } else {
            copyFromRows(first, count, into, index);
        }
        if (logical) {
            for (int i = index; i < index + count; i++) {
                into[i] = truth(into[i]);
            }
        }
    }

    /** Copies a run of elements of four bytes, as they would lie in memory. */
    void copyInts(long first, int count, int[] into, int index) throws IOException {
        if (isAlone()) {
            file.readInts(position(first), into, index, count);
        } else {
            byte[] bytes = new byte[count * Integer.BYTES];
            copyFromRows(first, count, bytes, 0);
            ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asIntBuffer().get(into, index, count);
        }
    }

    /** Tells whether the table has nothing but the column. */
    private boolean isAlone() {
        return !bits && table.rowBytes() == column.repeat() * type.bytes();
    }

    private static byte truth(byte letter) {
        return (byte) (letter == 'T' ? 1 : letter == 'F' ? 0 : UNDEFINED);
    }

    private void copyFromRows(long first, int count, byte[] into, int index) throws IOException {
        long end = first + count;
        long rowsAtOnce = Math.max(1, PIECE_BYTES / table.rowBytes());
        byte[] rows = new byte[0];
        for (long at = first; at < end; ) {
            long row = at / column.repeat();
            long pieceEnd = Math.min(end, (row + rowsAtOnce) * column.repeat());
            long from = position(at);
            int length = (int) (position(pieceEnd - 1) + type.bytes() - from);
            rows = rows.length < length ? new byte[length] : rows;
            file.read(from, rows, 0, length);
            pick(rows, from, at, pieceEnd, into, (int) (index + at - first));
            at = pieceEnd;
        }
    }

    /** Returns the place in the file of an element; of a bit, that of the byte which holds it. */
    private long position(long number) {
        long inRow = number % column.repeat();
        return table.position(number / column.repeat(), column) + (bits ? inRow / 8 : inRow * type.bytes());
    }

    /** Picks the elements {@code first} to before {@code end} out of rows that were read from a place of the file. */
    private void pick(byte[] rows, long from, long first, long end, byte[] into, int index) {
        int size = type.bytes();
        int to = index * size;
        for (long at = first; at < end; ) {
            long inRow = at % column.repeat();
            int count = (int) Math.min(end - at, column.repeat() - inRow);
            int place = (int) (position(at) - from);
            if (bits) {
                int firstBit = (int) (inRow % 8);
                for (int i = 0; i < count; i++) {
                    into[to + i] = (byte) (rows[place + (firstBit + i) / 8] >> (7 - (firstBit + i) % 8) & 1);
                }
            } else {
                System.arraycopy(rows, place, into, to, count * size);
            }
            to += count * size;
            at += count;
        }
    }

    /** Returns a run of an integer column. */
    long[] integers(long first, int count) throws IOException {
        byte[] data = new byte[count * type.bytes()];
        copy(first, count, data, 0);
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = type.getLong(data, i);
        }
        return numbers;
    }
}
