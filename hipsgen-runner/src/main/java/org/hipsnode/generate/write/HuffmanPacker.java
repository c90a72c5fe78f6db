package org.hipsnode.generate.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Packs bytes by how often each occurs: dynamic Huffman blocks of literals (RFC 1951, §3.2.7). Strings are found only where they
 * repeat what is one fixed distance before.
 *
 * <p>For pictures of a sky, in which strings repeat only by chance, and its blank parts, where a line is as the one before. Without
 * those it does what zlib does as HUFFMAN_ONLY, and its bytes are the same on every machine, whichever zlib the JVM there was linked
 * with.
 */
final class HuffmanPacker implements Packer {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Counts of a part of a picture fit it better than those of the whole; a tile of 256 × 256 pixels is one part. */
    private static final int BLOCK_BYTES = 1 << 17;

    private static final OwnArray ROOM = new OwnArray();

    private static final int END = 256;
    private static final int FIRST_LENGTH = 257;
    private static final int LONGEST = 258;
    private static final int LONGEST_LENGTH = 285;
    private static final int SHORTEST = 3;
    private static final int MAX_CODE_BITS = 15;

    /** In this sequence are the lengths of the codes for lengths written. */
    private static final int[] LENGTHS_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final int MAX_LENGTHS_CODE_BITS = 7;
    private static final int SHORT_ZEROS = 17;
    private static final int LONG_ZEROS = 18;

    /** Bits before the first block: method and window, no dictionary, fastest. */
    private static final int ZLIB_HEADER = 0x0178;

    /** As far back as Deflate can tell. */
    static final int MOST_DISTANCE = 1 << 15;

    private final int distance;

    /** Takes the distance at which strings may repeat, up to {@link #MOST_DISTANCE}. */
    HuffmanPacker(int distance) {
        this.distance = distance;
    }

    @Override
    public byte[] pack(byte[] content) {
        Bits bits = new Bits(content.length);
        bits.put(ZLIB_HEADER, 16);
        int start = 0;
        do {
            int end = Math.min(content.length, start + BLOCK_BYTES);
            putBlock(content, start, end, bits);
            start = end;
        } while (start < content.length);
        Adler32 sum = new Adler32();
        sum.update(content);
        return bits.finish((int) sum.getValue());
    }

    private void putBlock(byte[] content, int start, int end, Bits bits) {
        bits.put(end == content.length ? 1 : 0, 1);
        bits.put(2, 2);
        Repeats repeats = Repeats.in(content, start, end, distance);
        HuffmanCode code = HuffmanCode.of(counts(content, start, end, repeats), MAX_CODE_BITS);
        boolean any = repeats.count() > 0;
        putLengths(code, any ? distanceCode(distance - 1) : 0, bits);
        int at = start;
        for (int i = 0; i < repeats.count(); i++) {
            putLiterals(content, at, repeats.first(i), code.words(), bits);
            putPieces(repeats.end(i) - repeats.first(i), code, bits);
            at = repeats.end(i);
        }
        putLiterals(content, at, end, code.words(), bits);
        bits.put(code.word(END), code.length(END));
    }

    /** Returns how often each symbol occurs, up to the last one that does. */
    private static int[] counts(byte[] content, int start, int end, Repeats repeats) {
        int[] counts = new int[repeats.count() == 0 ? END + 1 : LONGEST_LENGTH + 1];
        int at = start;
        for (int i = 0; i < repeats.count(); i++) {
            count(content, at, repeats.first(i), counts);
            countPieces(repeats.end(i) - repeats.first(i), counts);
            at = repeats.end(i);
        }
        count(content, at, end, counts);
        counts[END] = 1;
        counts[0] += start == end ? 1 : 0; // a code is of two symbols or more
        return counts;
    }

    /** For itself, so that it is compiled soon, and once. */
    private static void count(byte[] content, int start, int end, int[] counts) {
        for (int i = start; i < end; i++) {
            counts[content[i] & 0xff]++;
        }
    }

    /** Counts the symbols of the lengths of the pieces as which a repeated string is written. */
    private static void countPieces(int length, int[] counts) {
        for (int left = length; left > 0; left -= piece(left)) {
            counts[lengthCode(piece(left))]++;
        }
    }

    /** Returns the length of the next piece: what is left after it must not be too short for a piece of its own. */
    private static int piece(int left) {
        return left > LONGEST && left < LONGEST + SHORTEST ? left - SHORTEST : Math.min(left, LONGEST);
    }

    /** Returns the symbol of a length (RFC 1951, §3.2.5). */
    private static int lengthCode(int length) {
        int more = length - SHORTEST;
        int bits = lengthBits(length);
        return length == LONGEST ? LONGEST_LENGTH : FIRST_LENGTH + 4 * bits + (more >> bits);
    }

    private static int lengthBits(int length) {
        int more = length - SHORTEST;
        return more < 8 || length == LONGEST ? 0 : Integer.SIZE - 3 - Integer.numberOfLeadingZeros(more);
    }

    private void putPieces(int length, HuffmanCode code, Bits bits) {
        int less = distance - 1;
        for (int left = length; left > 0; left -= piece(left)) {
            int piece = piece(left);
            int symbol = lengthCode(piece);
            bits.put(code.word(symbol), code.length(symbol));
            bits.putLowest(piece - SHORTEST, lengthBits(piece));
            // of two distances the later has the word 1
            bits.put(distanceCode(less) > 0 ? 1 : 0, 1);
            bits.putLowest(less, distanceBits(less));
        }
    }

    /** Returns the symbol of a distance that is one more (RFC 1951, §3.2.5). */
    private static int distanceCode(int less) {
        int bits = distanceBits(less);
        return 2 * bits + (less >> bits);
    }

    private static int distanceBits(int less) {
        return less < 4 ? 0 : Integer.SIZE - 2 - Integer.numberOfLeadingZeros(less);
    }

    /** Writes the lengths of the codes, themselves packed. */
    private static void putLengths(HuffmanCode code, int distanceCode, Bits bits) {
        int symbols = code.lengths().length;
        int lastDistance = Math.max(1, distanceCode);
        int[] lengths = Arrays.copyOf(code.lengths(), symbols + lastDistance + 1);
        // two distances, even if they never occur, since some decoders want a whole code there too
        lengths[symbols] = 1;
        lengths[symbols + lastDistance] = 1;
        int[] counts = new int[LENGTHS_ORDER.length];
        forEachSymbol(lengths, (symbol, extra, extraBits) -> counts[symbol]++);
        HuffmanCode packed = HuffmanCode.of(counts, MAX_LENGTHS_CODE_BITS);
        bits.put(symbols - FIRST_LENGTH, 5);
        bits.put(lastDistance, 5);
        bits.put(LENGTHS_ORDER.length - 4, 4);
        for (int symbol : LENGTHS_ORDER) {
            bits.put(packed.length(symbol), 3);
        }
        forEachSymbol(lengths, (symbol, extra, extraBits) -> {
            bits.put(packed.word(symbol), packed.length(symbol));
            bits.put(extra, extraBits);
        });
    }

    /** Takes the symbols that lengths are written as. */
    @FunctionalInterface
    private interface SymbolSink {
        void accept(int symbol, int extra, int extraBits);
    }

    /** Goes through lengths: each is its own symbol, runs of zeros are one. */
    private static void forEachSymbol(int[] lengths, SymbolSink sink) {
        for (int i = 0; i < lengths.length; ) {
            int zeros = 0;
            while (i + zeros < lengths.length && lengths[i + zeros] == 0 && zeros < 138) {
                zeros++;
            }
            if (zeros >= 11) {
                sink.accept(LONG_ZEROS, zeros - 11, 7);
            } else if (zeros >= 3) {
                sink.accept(SHORT_ZEROS, zeros - 3, 3);
            } else {
                sink.accept(lengths[i], 0, 0);
                zeros = 1;
            }
            i += zeros;
        }
    }

    /**
     * The loop that takes the time: three codes, of 15 bits at most each, and then what is whole bytes of them. How many these are
     * nobody can guess, so there is no branch for it.
     */
    private static void putLiterals(byte[] content, int start, int end, int[] words, Bits bits) {
        byte[] target = bits.bytes;
        int at = bits.at;
        long waiting = bits.waiting;
        int count = bits.count;
        for (int i = start; i < end; i += 3) {
            LONGS.set(target, at, waiting);
            at += count >> 3;
            waiting >>>= count & ~7;
            count &= 7;
            int first = words[content[i] & 0xff];
            waiting |= (long) (first >>> HuffmanCode.LENGTH_BITS) << count;
            count += first & HuffmanCode.LENGTH_MASK;
            int second = i + 1 < end ? words[content[i + 1] & 0xff] : 0;
            waiting |= (long) (second >>> HuffmanCode.LENGTH_BITS) << count;
            count += second & HuffmanCode.LENGTH_MASK;
            int third = i + 2 < end ? words[content[i + 2] & 0xff] : 0;
            waiting |= (long) (third >>> HuffmanCode.LENGTH_BITS) << count;
            count += third & HuffmanCode.LENGTH_MASK;
        }
        LONGS.set(target, at, waiting);
        bits.at = at + (count >> 3);
        bits.waiting = waiting >>> (count & ~7);
        bits.count = count & 7;
    }

    /** Bits on their way into bytes, the least significant first. */
    private static final class Bits {
        private final byte[] bytes;
        private int at;
        private long waiting;

        /** Bits that are waiting: less than 32. */
        private int count;

        /** Takes room for so many literals: no code makes them longer than 9 bits each on average, and a block's head is short. */
        Bits(int literals) {
            bytes = ROOM.ofLength(literals + literals / 8 + 512 * (literals / BLOCK_BYTES + 2));
        }

        void put(int value, int valueBits) {
            waiting |= (long) value << count;
            count += valueBits;
            if (count >= Integer.SIZE) {
                INTS.set(bytes, at, (int) waiting);
                at += Integer.BYTES;
                waiting >>>= Integer.SIZE;
                count -= Integer.SIZE;
            }
        }

        /** Puts the lowest bits of a value. */
        void putLowest(int value, int valueBits) {
            put(value & ((1 << valueBits) - 1), valueBits);
        }

        /** Fills up the last byte and adds a sum, most significant byte first. */
        byte[] finish(int sum) {
            put(0, -count & 7);
            byte[] all = Arrays.copyOf(bytes, at + count / 8 + Integer.BYTES);
            for (; count > 0; count -= 8) {
                all[at++] = (byte) waiting;
                waiting >>>= 8;
            }
            for (int shift = 24; shift >= 0; shift -= 8) {
                all[at++] = (byte) (sum >> shift);
            }
            return all;
        }
    }
}
