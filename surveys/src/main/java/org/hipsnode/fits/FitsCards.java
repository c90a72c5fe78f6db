package org.hipsnode.fits;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;

/** Builds a header card by card in fixed format (FITS 4.0 §4.2). */
public final class FitsCards {
    private static final int VALUE_END = 30;
    private final StringBuilder cards = new StringBuilder(FitsHeader.BLOCK);

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

    /** Adds a text of at most 68 printable ASCII characters; others become question marks, the rest is cut off. */
    public FitsCards add(String keyword, String value, String comment) {
        String text = printable(value).replace("'", "''");
        if (text.length() > FitsHeader.CARD - 12) {
            text = text.substring(0, FitsHeader.CARD - 12).replaceAll("(^|[^'])'$", "$1");
        }
        cards.append(keyword).append(blanks(8 - keyword.length())).append("= '");
        cards.append(text).append(blanks(8 - text.length())).append('\'');
        return endCard(comment);
    }

    private FitsCards addRight(String keyword, String value, String comment) {
        cards.append(keyword).append(blanks(8 - keyword.length())).append("= ");
        cards.append(blanks(VALUE_END - 10 - value.length())).append(value);
        return endCard(comment);
    }

    /** Appends a comment where it still fits, and fills up the card. */
    private FitsCards endCard(String comment) {
        int start = (cards.length() - 1) / FitsHeader.CARD * FitsHeader.CARD;
        if (!comment.isEmpty()) {
            cards.append(blanks(start + VALUE_END - cards.length()))
                    .append(" / ")
                    .append(comment);
            cards.setLength(Math.min(cards.length(), start + FitsHeader.CARD));
        }
        cards.append(blanks(start + FitsHeader.CARD - cards.length()));
        return this;
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.append(c >= ' ' && c <= '~' ? (char) c : '?'));
        return printable.toString();
    }

    private static String blanks(int count) {
        return " ".repeat(Math.max(0, count));
    }

    /** Returns the shortest decimal text that reads back as the same double, whatever the Java version. */
    static String format(double value) {
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
        StringBuilder all = new StringBuilder(cards).append("END");
        int fill = (int) FitsFile.padded(all.length()) - all.length();
        return all.append(" ".repeat(fill)).toString().getBytes(StandardCharsets.US_ASCII);
    }
}
