package org.hipsnode.tile;

import java.util.Optional;

/**
 * Reads one name of the tile tree from left to right, and forgives what {@link TreeName#parse} then finds not to be canonical.
 *
 * <p>Names are read for every file that is listed, and every one that is asked for: regular expressions would cost a short run a
 * tenth of a second to be compiled.
 */
final class TreeNameReader {
    /** Order 29 has indices of up to 19 digits. */
    private static final int INDEX_DIGITS = 19;

    private static final int ORDER_DIGITS = 2;
    private static final int CHANNEL_DIGITS = 6;
    private static final int DEEPEST_ORDER = 29;

    /** Returned for a number that is not there. */
    private static final long NONE = -1;

    private final String name;
    private int at;

    TreeNameReader(String name) {
        this.name = name;
    }

    Optional<TreeName> read() {
        if (!take("Norder")) {
            return Optional.empty();
        }
        long order = number(ORDER_DIGITS);
        if (order < 0 || order > DEEPEST_ORDER || !take("/")) {
            return Optional.empty();
        }
        return take("Allsky") ? allsky((int) order) : tile((int) order);
    }

    private Optional<TreeName> allsky(int order) {
        long channel = channel();
        return channel < 0
                ? Optional.empty()
                : format().map(format -> new TreeName.Allsky(order, (int) channel, format));
    }

    private Optional<TreeName> tile(int order) {
        if (!take("Dir") || number(INDEX_DIGITS) < 0 || !take("/Npix")) {
            return Optional.empty();
        }
        long index = number(INDEX_DIGITS);
        long channel = channel();
        if (index < 0 || index >= 12L << (2 * order) || channel < 0) {
            return Optional.empty();
        }
        TileAddress address = new TileAddress(order, index);
        return format().map(format -> new TreeName.Tile(address, (int) channel, format));
    }

    private boolean take(String text) {
        boolean found = name.startsWith(text, at);
        at += found ? text.length() : 0;
        return found;
    }

    /** Reads a number of some digits at most; {@link #NONE} if there is none, or one beyond what a long holds. */
    private long number(int mostDigits) {
        int start = at;
        long number = 0;
        while (at < name.length() && at - start < mostDigits && isDigit(name.charAt(at))) {
            number = 10 * number + name.charAt(at++) - '0';
            if (number < 0) {
                return NONE;
            }
        }
        return at == start ? NONE : number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private long channel() {
        return take("_") ? number(CHANNEL_DIGITS) : 0;
    }

    /** What is left must be the extension. */
    private Optional<TileFormat> format() {
        return take(".") ? TileFormat.ofExtension(name.substring(at)) : Optional.empty();
    }
}
