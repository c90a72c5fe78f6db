package org.hipsnode.generate.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hipsnode.fits.BinaryTable;
import org.hipsnode.fits.PixelType;

/**
 * The elements of a table's column, counted on through all rows, straight from the mapped file.
 *
 * <p>Logical values and bits become bytes of 0 and 1, an undefined logical {@link #UNDEFINED}.
 */
final class MapColumn {
    /** The byte for a logical value that is neither true nor false. */
    static final int UNDEFINED = 255;

    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private final MappedFile file;
    private final BinaryTable table;
    private final BinaryTable.Column column;
    private final PixelType type;
    private final boolean bits;
    private final boolean logical;

    MapColumn(MappedFile file, BinaryTable table, BinaryTable.Column column) {
        this.file = file;
        this.table = table;
        this.column = column;
        this.bits = column.form() == 'X';
        this.logical = column.form() == 'L';
        this.type = column.pixelType().orElse(PixelType.UINT8);
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN);
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
     * @param step from each place to the next, in numbers; may be negative
     */
    void copy(long first, int count, byte[] into, int index, int step) {
        long done = 0;
        while (done < count) {
            long row = (first + done) / column.repeat();
            long inRow = (first + done) % column.repeat();
            int piece = (int) Math.min(count - done, column.repeat() - inRow);
            copyInRow(row, inRow, piece, into, (int) (index + done * step), step);
            done += piece;
        }
    }

    private void copyInRow(long row, long inRow, int count, byte[] into, int index, int step) {
        long position = table.position(row, column);
        if (bits) {
            for (int i = 0; i < count; i++) {
                into[index + i * step] = bit(position, inRow + i);
            }
            return;
        }
        int size = type.bytes();
        long at = position + inRow * size;
        int done = 0;
        while (done < count) {
            int piece = (int) Math.min(count - done, (file.room(at) + size - 1) / size);
            copyMapped(file.map(at), file.place(at), piece, into, index + done * step, step);
            at += (long) piece * size;
            done += piece;
        }
    }

    private byte bit(long position, long number) {
        long at = position + number / 8;
        return (byte) (file.map(at).get(file.place(at)) >> (7 - number % 8) & 1);
    }

    private void copyMapped(ByteBuffer map, int place, int count, byte[] into, int index, int step) {
        switch (type.bytes()) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    byte b = map.get(place + i);
                    into[index + i * step] = logical ? truth(b) : b;
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    SHORTS.set(into, 2 * (index + i * step), map.getShort(place + 2 * i));
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    INTS.set(into, 4 * (index + i * step), map.getInt(place + 4 * i));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    LONGS.set(into, 8 * (index + i * step), map.getLong(place + 8 * i));
                }
            }
        }
    }

    private static byte truth(byte letter) {
        return (byte) (letter == 'T' ? 1 : letter == 'F' ? 0 : UNDEFINED);
    }

    /** Returns one element of an integer column. */
    long integer(long number) {
        byte[] one = new byte[8];
        copy(number, 1, one, 0, 1);
        return type.getLong(one, 0);
    }
}
