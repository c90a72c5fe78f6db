package org.hipsnode.fits;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/** The six number types of FITS images (FITS 4.0 §4.4.1.1), stored big-endian. */
public enum PixelType {
    UINT8(8) {
        @Override
        public double get(byte[] data, int index) {
            return data[index] & 0xff;
        }

        @Override
        public void put(byte[] data, int index, double value) {
            data[index] = (byte) value;
        }
    },
    INT16(16) {
        @Override
        public double get(byte[] data, int index) {
            return (short) SHORTS.get(data, 2 * index);
        }

        @Override
        public void put(byte[] data, int index, double value) {
            SHORTS.set(data, 2 * index, (short) value);
        }
    },
    INT32(32) {
        @Override
        public double get(byte[] data, int index) {
            return (int) INTS.get(data, 4 * index);
        }

        @Override
        public void put(byte[] data, int index, double value) {
            INTS.set(data, 4 * index, (int) value);
        }
    },
    INT64(64) {
        @Override
        public double get(byte[] data, int index) {
            return (long) LONGS.get(data, 8 * index);
        }

        @Override
        public void put(byte[] data, int index, double value) {
            LONGS.set(data, 8 * index, (long) value);
        }

        @Override
        public long getLong(byte[] data, int index) {
            return (long) LONGS.get(data, 8 * index);
        }

        @Override
        public void putLong(byte[] data, int index, long value) {
            LONGS.set(data, 8 * index, value);
        }
    },
    FLOAT32(-32) {
        @Override
        public double get(byte[] data, int index) {
            return (float) FLOATS.get(data, 4 * index);
        }

        @Override
        public void put(byte[] data, int index, double value) {
            FLOATS.set(data, 4 * index, (float) value);
        }
    },
    FLOAT64(-64) {
        @Override
        public double get(byte[] data, int index) {
            return (double) DOUBLES.get(data, 8 * index);
        }

        @Override
        public void put(byte[] data, int index, double value) {
            DOUBLES.set(data, 8 * index, value);
        }
    };

    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle FLOATS = view(float[].class);
    private static final VarHandle DOUBLES = view(double[].class);

    private final int bitpix;

    PixelType(int bitpix) {
        this.bitpix = bitpix;
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN);
    }

    /** Returns the value of BITPIX. */
    public int bitpix() {
        return bitpix;
    }

    public int bytes() {
        return Math.abs(bitpix) / 8;
    }

    public boolean isFloating() {
        return bitpix < 0;
    }

    /** Returns the smallest number of an integer type. */
    public long smallest() {
        return this == UINT8 ? 0 : -1L << (bitpix - 1);
    }

    /** Returns the largest number of an integer type. */
    public long largest() {
        return this == UINT8 ? 255 : ~smallest();
    }

    /** Returns number {@code index} of big-endian data; a 64-bit integer is rounded to a double. */
    public abstract double get(byte[] data, int index);

    /** Stores a number, which must fit the type. */
    public abstract void put(byte[] data, int index, double value);

    /** Returns number {@code index} of data of an integer type, exactly. */
    public long getLong(byte[] data, int index) {
        return (long) get(data, index);
    }

    /** Stores a number in data of an integer type, exactly. */
    public void putLong(byte[] data, int index, long value) {
        put(data, index, (double) value);
    }

    /** Reads as many numbers as there is room for, from number {@code first} of big-endian data on. */
    public void read(byte[] data, int first, double[] into) {
        read(data, first, into, 0, into.length);
    }

    /**
     * Reads numbers from number {@code first} of big-endian data on.
     *
     * @param at where the first of them goes
     */
    public void read(byte[] data, int first, double[] into, int at, int count) {
        if (this == FLOAT32) {
            readFloats(data, first, into, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            into[at + i] = get(data, first + i);
        }
    }

    /** For itself, so that it is compiled soon, and once: this type is the commonest. Two at a time. */
    private static void readFloats(byte[] data, int first, double[] into, int at, int count) {
        int i = 0;
        for (; i < count - 1; i += 2) {
            long two = (long) LONGS.get(data, 4 * (first + i));
            into[at + i] = Float.intBitsToFloat((int) (two >> Integer.SIZE));
            into[at + i + 1] = Float.intBitsToFloat((int) two);
        }
        if (i < count) {
            into[at + i] = (float) FLOATS.get(data, 4 * (first + i));
        }
    }

    /** Stores numbers, which must fit the type, from number {@code first} of big-endian data on. */
    public void write(byte[] data, int first, double[] values) {
        write(data, first, values, 0, values.length);
    }

    /**
     * Stores numbers, which must fit the type, from number {@code first} of big-endian data on.
     *
     * @param at where the first of them comes from
     */
    public void write(byte[] data, int first, double[] values, int at, int count) {
        if (this == FLOAT32) {
            writeFloats(data, first, values, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            put(data, first + i, values[at + i]);
        }
    }

    private static void writeFloats(byte[] data, int first, double[] values, int at, int count) {
        int i = 0;
        for (; i < count - 1; i += 2) {
            long upper = (long) Float.floatToRawIntBits((float) values[at + i]) << Integer.SIZE;
            long lower = Float.floatToRawIntBits((float) values[at + i + 1]) & 0xffffffffL;
            LONGS.set(data, 4 * (first + i), upper | lower);
        }
        if (i < count) {
            FLOATS.set(data, 4 * (first + i), (float) values[at + i]);
        }
    }

    /** Finds the type of a BITPIX value. */
    public static Optional<PixelType> ofBitpix(long bitpix) {
        for (PixelType type : values()) {
            if (type.bitpix == bitpix) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
