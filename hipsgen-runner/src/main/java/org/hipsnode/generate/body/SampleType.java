package org.hipsnode.generate.body;

import java.nio.ByteBuffer;

/** The kinds of numbers in maps. */
enum SampleType {
    UINT8(1) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.get(at) & 0xff;
        }
    },
    INT8(1) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.get(at);
        }
    },
    UINT16(2) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getShort(at) & 0xffff;
        }
    },
    INT16(2) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getShort(at);
        }
    },
    UINT32(4) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getInt(at) & 0xffffffffL;
        }
    },
    INT32(4) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getInt(at);
        }
    },
    INT64(8) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getLong(at);
        }
    },
    FLOAT32(4) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getFloat(at);
        }
    },
    FLOAT64(8) {
        @Override
        double get(ByteBuffer data, int at) {
            return data.getDouble(at);
        }
    };

    private final int bytes;

    SampleType(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the number at a byte, in the buffer's own sequence of bytes. */
    abstract double get(ByteBuffer data, int at);

    int bytes() {
        return bytes;
    }

    /** Tells whether a 32-bit floating-point number holds all of its values. */
    boolean fitsFloat() {
        return bytes <= 2 || this == FLOAT32;
    }
}
