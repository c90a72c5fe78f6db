package org.hipsnode.generate.write;

import java.util.Arrays;

/** The stretches of some bytes that are the same as a fixed distance before: in pictures with one line's length, what is blank. */
final class Repeats {
    /** Shorter ones are not worth the words that tell of them. */
    static final int SHORTEST = 32;

    /** Any stretch that counts has a place where half of it lies ahead. */
    private static final int LOOK_EVERY = SHORTEST / 2;

    private final byte[] content;
    private final int distance;
    private int[] bounds = new int[64];
    private int count;

    private Repeats(byte[] content, int distance) {
        this.content = content;
        this.distance = distance;
    }

    /** Finds those in a part, whole if it begins there. */
    static Repeats in(byte[] content, int start, int end, int distance) {
        Repeats repeats = new Repeats(content, distance);
        int after = start;
        for (int at = Math.max(start, distance); at < end; at += LOOK_EVERY) {
            if (content[at] == content[at - distance]) {
                after = repeats.add(after, at, end);
                at = Math.max(at, after);
            }
        }
        return repeats;
    }

    /** Adds the stretch around a place if it is long enough, and returns the end of the last one. */
    private int add(int after, int at, int end) {
        int different = Arrays.mismatch(content, at, end, content, at - distance, end - distance);
        int last = different < 0 ? end : at + different;
        if (last - at < LOOK_EVERY) {
            return after;
        }
        int first = at;
        while (first > Math.max(after, distance) && content[first - 1] == content[first - 1 - distance]) {
            first--;
        }
        if (last - first < SHORTEST) {
            return after;
        }
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * count] = first;
        bounds[2 * count + 1] = last;
        count++;
        return last;
    }

    int count() {
        return count;
    }

    /** Returns where a stretch begins. */
    int first(int number) {
        return bounds[2 * number];
    }

    /** Returns where a stretch ends. */
    int end(int number) {
        return bounds[2 * number + 1];
    }
}
