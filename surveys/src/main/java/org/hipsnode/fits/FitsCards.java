package org.hipsnode.fits;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds a header card by card in fixed format (FITS 4.0 §4.2). */
public final class FitsCards {
    private static final int VALUE_START = 10;
    private static final int VALUE_END = 30;

    /** Halves below this have no more than 15 digits. */
    private static final double EXACT = 1e13;

    /** Blank from {@link #at} on. */
    private byte[] cards = blanks(FitsHeader.BLOCK);

    private int at;

    private static byte[] blanks(int count) {
        byte[] blanks = new byte[count];
        Arrays.fill(blanks, (byte) ' ');
        return blanks;
    }

    /** Adds a logical value. */
    public FitsCards add(String keyword, boolean value, String comment) {
        return addRight(keyword, value ? "T" : "F", comment);
    }

    public FitsCards add(String keyword, long value, String comment) {
        return addRight(keyword, Long.toString(value), comment);
    }

    public FitsCards add(String keyword, double value, String comment) {
        return addRight(keyword, format(value), comment);
    }

    /** Adds a number that is text already, without a comment. */
    FitsCards addNumber(String keyword, String number) {
        return addRight(keyword, number, "");
    }

    /** Adds a text of at most 68 printable ASCII characters; others become question marks, the rest is cut off. */
    public FitsCards add(String keyword, String value, String comment) {
        String text = printable(value).replace("'", "''");
        if (text.length() > FitsHeader.CARD - 12) {
            text = text.substring(0, FitsHeader.CARD - 12).replaceAll("(^|[^'])'$", "$1");
        }
        int start = startCard(keyword);
        append("'");
        append(text);
        at = Math.max(at, start + VALUE_START + 9);
        append("'");
        return endCard(start, comment);
    }

    private FitsCards addRight(String keyword, String value, String comment) {
        int start = startCard(keyword);
        at = Math.max(at, start + VALUE_END - value.length());
        append(value);
        return endCard(start, comment);
    }

    /** Appends a keyword and what follows it, and returns where the card starts. */
    private int startCard(String keyword) {
        int start = at;
        if (start + FitsHeader.CARD > cards.length) {
            byte[] longer = blanks(cards.length + FitsHeader.BLOCK);
            System.arraycopy(cards, 0, longer, 0, start);
            cards = longer;
        }
        append(keyword);
        at = start + VALUE_START - 2;
        append("= ");
        return start;
    }

    private void append(String text) {
        for (int i = 0; i < text.length(); i++) {
            cards[at++] = (byte) text.charAt(i);
        }
    }

    /** Appends as much of a comment as fits. */
    private FitsCards endCard(int start, String comment) {
        if (!comment.isEmpty()) {
            at = Math.max(at, start + VALUE_END);
            String all = " / " + comment;
            append(all.substring(0, Math.min(all.length(), start + FitsHeader.CARD - at)));
        }
        at = start + FitsHeader.CARD;
        return this;
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.append(c >= ' ' && c <= '~' ? (char) c : '?'));
        return printable.toString();
    }

    /** Returns the shortest decimal text that reads back as the same double, whatever the Java version. */
    static String format(double value) {
        double doubled = 2 * value;
        if (Math.abs(doubled) < EXACT && doubled == Math.rint(doubled)) {
            // what most are, and no work at all
            long halves = Math.abs((long) doubled);
            return (doubled < 0 ? "-" : "") + halves / 2 + (halves % 2 == 0 ? ".0" : ".5");
        }
        for (int digits = 15; digits < 17; digits++) {
            String text = format(value, digits);
            if (Double.parseDouble(text) == value) {
                return text;
            }
        }
        return format(value, 17);
    }

    private static String format(double value, int digits) {
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        if (rounded.signum() == 0) {
            return "0.0";
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent > 14) {
            return rounded.movePointLeft(exponent).toPlainString() + "E" + exponent;
        }
        String plain = rounded.toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    /** Returns the header with its END card, filled up with blanks to whole blocks. */
    public byte[] bytes() {
        int end = at + "END".length();
        byte[] all = blanks((int) FitsFile.padded(end));
        System.arraycopy(cards, 0, all, 0, at);
        System.arraycopy("END".getBytes(StandardCharsets.US_ASCII), 0, all, at, "END".length());
        return all;
    }
}
