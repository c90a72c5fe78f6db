package org.hipsnode.mirror.plan;

/**
 * A number of files and their size.
 *
 * @param bytes of those of which the size is known
 */
public record Amount(long files, long bytes) {
    public static final Amount NONE = new Amount(0, 0);

    public Amount plus(Amount other) {
        return new Amount(files + other.files, bytes + other.bytes);
    }
}
