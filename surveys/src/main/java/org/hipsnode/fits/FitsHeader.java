package org.hipsnode.fits;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import nom.tam.util.Cursor;
import nom.tam.util.FitsInputStream;
import org.hipsnode.io.MalformedDataException;

/**
 * The keywords of one header, read through nom-tam-fits and forgiving about types: real maps write numbers as strings.
 *
 * <p>Of a repeated keyword the first value counts.
 */
public final class FitsHeader {
    /** FITS files come in pieces of this many bytes. */
    public static final int BLOCK = 2880;

    static final int CARD = 80;

    /** Held strongly, or the level would be forgotten with the logger. */
    private static final Logger LIBRARY = Logger.getLogger("nom.tam.fits");

    static {
        // what it would warn of is either accepted here or reported as an exception that names the file
        LIBRARY.setLevel(Level.OFF);
    }

    private final Map<String, String> values;

    private FitsHeader(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a header.
     *
     * @param blocks whole header, up to and including the END card
     * @param name what is read, for messages
     */
    public static FitsHeader parse(byte[] blocks, String name) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            Header header = new Header(new FitsInputStream(new ByteArrayInputStream(blocks)));
            for (Cursor<String, HeaderCard> i = header.iterator(); i.hasNext(); ) {
                HeaderCard card = i.next();
                if (card.getKey() != null && card.getValue() != null) {
                    values.putIfAbsent(card.getKey().toUpperCase(Locale.ROOT), card.getValue());
                }
            }
        } catch (IOException | RuntimeException e) {
            // the library answers some malformed cards with unchecked exceptions
            throw new MalformedDataException("'" + name + "': expected a FITS header, found " + e.getMessage(), e);
        }
        return new FitsHeader(values);
    }

    /** Tells whether this is the header of a table that holds a compressed image (FITS 4.0 §10.1). */
    public boolean isCompressedImage() {
        return text("ZIMAGE").filter("T"::equals).isPresent();
    }

    /** Returns the header of the image that a table holds compressed: the cards of its size and numbers take their places. */
    public FitsHeader ofCompressedImage() {
        Map<String, String> image = new LinkedHashMap<>(values);
        image.keySet().removeIf(keyword -> keyword.matches("NAXIS\\d*|BITPIX|PCOUNT|GCOUNT|XTENSION"));
        values.forEach((keyword, value) -> {
            if (keyword.matches("ZNAXIS\\d*|ZBITPIX")) {
                image.put(keyword.substring(1), value);
            }
        });
        return new FitsHeader(image);
    }

    /** Returns the text of a value, trimmed; empty if the keyword is absent or its value blank. */
    public Optional<String> text(String keyword) {
        return Optional.ofNullable(values.get(keyword)).map(String::trim).filter(v -> !v.isEmpty());
    }

    /** Returns a value as a number, whether it was written as one or as a string; empty if it is neither. */
    public OptionalDouble number(String keyword) {
        Optional<String> text = text(keyword);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            // Fortran's exponent letter D is legal in FITS (§4.2.4)
            return OptionalDouble.of(
                    Double.parseDouble(text.get().replace('D', 'E').replace('d', 'e')));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Returns a value as a whole number; empty if the keyword is absent or its value is not one. */
    public OptionalLong integer(String keyword) {
        Optional<String> text = text(keyword);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(
                    Long.parseLong(text.get().startsWith("+") ? text.get().substring(1) : text.get()));
        } catch (NumberFormatException e) {
            OptionalDouble number = number(keyword);
            return number.isPresent()
                            && number.getAsDouble() == Math.rint(number.getAsDouble())
                            && Math.abs(number.getAsDouble()) < 1L << 53
                    ? OptionalLong.of((long) number.getAsDouble())
                    : OptionalLong.empty();
        }
    }

    public long integer(String keyword, long otherwise) {
        return integer(keyword).orElse(otherwise);
    }

    public double number(String keyword, double otherwise) {
        return number(keyword).orElse(otherwise);
    }

    public boolean has(String keyword) {
        return values.containsKey(keyword);
    }
}
