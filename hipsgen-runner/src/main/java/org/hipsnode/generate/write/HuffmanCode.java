package org.hipsnode.generate.write;

import java.util.Arrays;

/**
 * The prefix code in which symbols take as few bits as their counts allow, as Deflate writes it: canonical, read from its first bit,
 * which is the lowest (RFC 1951, §3.2.2).
 */
final class HuffmanCode {
    static final int LENGTH_BITS = 4;
    static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    private static final int DIGIT_BITS = 8;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final int[] lengths;
    private final int[] words;

    private HuffmanCode(int[] lengths) {
        this.lengths = lengths;
        this.words = words(lengths);
    }

    /**
     * Makes the code for symbols.
     *
     * @param counts how often each occurs; at least two do
     * @param maxBits no word is longer, at most 15
     */
    static HuffmanCode of(int[] counts, int maxBits) {
        int[] flatter = counts.clone();
        int[] lengths = lengths(flatter);
        while (greatest(lengths) > maxBits) {
            // rare symbols seem less rare until the longest word fits
            for (int i = 0; i < flatter.length; i++) {
                flatter[i] = (flatter[i] + 1) / 2;
            }
            lengths = lengths(flatter);
        }
        return new HuffmanCode(lengths);
    }

    private static int greatest(int[] numbers) {
        int greatest = 0;
        for (int number : numbers) {
            greatest = Math.max(greatest, number);
        }
        return greatest;
    }

    // Short methods of one loop each: the JVM compiles a long one anew for each of its loops, for longer than a short
    // run packs.

    /** Returns the bits of each symbol's word: as many as it is deep in the tree. */
    private static int[] lengths(int[] counts) {
        int[] symbols = byCount(counts);
        int[] depths = depths(parents(symbols, counts));
        int[] lengths = new int[counts.length];
        for (int i = 0; i < symbols.length; i++) {
            lengths[symbols[i]] = depths[i];
        }
        return lengths;
    }

    /**
     * Joins the two rarest nodes until one is left, and returns what each was joined to.
     *
     * <p>Sums grow from one to the next, so the rarest node is the first of the symbols or the first of the sums that are left.
     */
    private static int[] parents(int[] symbols, int[] counts) {
        int leaves = symbols.length;
        long[] sums = new long[2 * leaves - 1];
        for (int i = 0; i < leaves; i++) {
            sums[i] = counts[symbols[i]];
        }
        int[] parents = new int[2 * leaves - 1];
        int leaf = 0;
        int inner = leaves;
        for (int next = leaves; next < sums.length; next++) {
            for (int child = 0; child < 2; child++) {
                boolean isLeaf = leaf < leaves && (inner == next || sums[leaf] <= sums[inner]);
                int rarest = isLeaf ? leaf++ : inner++;
                sums[next] += sums[rarest];
                parents[rarest] = next;
            }
        }
        return parents;
    }

    private static int[] depths(int[] parents) {
        int[] depths = new int[parents.length];
        for (int i = parents.length - 2; i >= 0; i--) {
            depths[i] = depths[parents[i]] + 1;
        }
        return depths;
    }

    /** Returns the symbols that occur, the rarest first, and of equals the lowest: by one digit of their counts after the other. */
    private static int[] byCount(int[] counts) {
        int[] symbols = occurring(counts);
        int most = greatest(counts);
        for (int shift = 0; most >> shift > 0; shift += DIGIT_BITS) {
            symbols = byDigit(symbols, counts, shift);
        }
        return symbols;
    }

    private static int[] occurring(int[] counts) {
        int[] symbols = new int[counts.length];
        int occurring = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                symbols[occurring++] = i;
            }
        }
        return Arrays.copyOf(symbols, occurring);
    }

    private static int[] byDigit(int[] symbols, int[] counts, int shift) {
        int[] ends = ends(symbols, counts, shift);
        int[] sorted = new int[symbols.length];
        for (int i = symbols.length - 1; i >= 0; i--) {
            sorted[--ends[digit(counts[symbols[i]], shift)]] = symbols[i];
        }
        return sorted;
    }

    /** Returns where the symbols with each digit end, if they are sorted by it. */
    private static int[] ends(int[] symbols, int[] counts, int shift) {
        int[] ends = new int[DIGITS];
        for (int symbol : symbols) {
            ends[digit(counts[symbol], shift)]++;
        }
        for (int i = 1; i < DIGITS; i++) {
            ends[i] += ends[i - 1];
        }
        return ends;
    }

    private static int digit(int count, int shift) {
        return count >> shift & (DIGITS - 1);
    }

    /** Returns each symbol's word, first bit lowest, above its length: those of a length follow each other (RFC 1951, §3.2.2). */
    private static int[] words(int[] lengths) {
        int[] next = firstWords(lengths);
        int[] words = new int[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            int length = lengths[i];
            if (length > 0) {
                words[i] = Integer.reverse(next[length]++) >>> (Integer.SIZE - length) << LENGTH_BITS | length;
            }
        }
        return words;
    }

    private static int[] firstWords(int[] lengths) {
        int[] first = new int[LENGTH_MASK + 2];
        for (int length : lengths) {
            first[length + 1]++;
        }
        first[1] = 0; // symbols that do not occur have no word
        for (int length = 1; length <= LENGTH_MASK; length++) {
            first[length] = 2 * (first[length] + first[length - 1]);
        }
        return first;
    }

    /** Returns the bits of each symbol's word; 0 for one that does not occur. */
    int[] lengths() {
        return lengths;
    }

    int length(int symbol) {
        return lengths[symbol];
    }

    /** Returns a symbol's word, its first bit lowest. */
    int word(int symbol) {
        return words[symbol] >>> LENGTH_BITS;
    }

    /** Returns each symbol's word with its length in the {@link #LENGTH_BITS} below. */
    int[] words() {
        return words;
    }
}
