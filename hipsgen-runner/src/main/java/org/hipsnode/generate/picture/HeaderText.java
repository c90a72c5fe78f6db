package org.hipsnode.generate.picture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.MalformedDataException;

/** A FITS header as a text: a card a line, or 80 characters a card. What it says of the numbers is not that of the picture. */
final class HeaderText {
    private static final int MAX_BYTES = 1 << 20;
    private static final int CARD = 80;
    private static final Pattern CARD_FORM = Pattern.compile("([A-Za-z0-9_-]{1,8})\\s*=(.*)");

    /** Cards that tell of an array of numbers in a file. */
    private static final String OF_THE_FILE =
            "SIMPLE|BITPIX|NAXIS\\d*|EXTEND|XTENSION|PCOUNT|GCOUNT|B(SCALE|ZERO|LANK)|Z[A-Z]+\\d*";

    private HeaderText() {}

    /** Reads a header, and completes it by the size of its picture. */
    static FitsHeader read(Path file, int width, int height) throws IOException {
        String text = new String(BoundedReads.readFile(file, MAX_BYTES), StandardCharsets.ISO_8859_1);
        List<String> cards = new ArrayList<>(List.of(
                card("SIMPLE", "T"),
                card("BITPIX", "8"),
                card("NAXIS", "2"),
                card("NAXIS1", Integer.toString(width)),
                card("NAXIS2", Integer.toString(height))));
        for (String line : lines(text)) {
            if (line.matches("END\\s*")) {
                break;
            }
            Matcher matcher = CARD_FORM.matcher(line);
            if (matcher.matches()) {
                add(
                        cards,
                        matcher.group(1).toUpperCase(Locale.ROOT),
                        matcher.group(2).strip(),
                        file);
            }
        }
        cards.add("END");
        return FitsHeader.parse(bytes(cards), file.toString());
    }

    private static List<String> lines(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            return text.lines().toList();
        }
        List<String> cards = new ArrayList<>();
        for (int at = 0; at < text.length(); at += CARD) {
            cards.add(text.substring(at, Math.min(text.length(), at + CARD)));
        }
        return cards;
    }

    private static void add(List<String> cards, String keyword, String value, Path file) throws IOException {
        if (!keyword.matches(OF_THE_FILE)) {
            cards.add(card(keyword, value));
            return;
        }
        String size = value.replaceFirst("/.*", "").strip();
        for (String known : List.of(cards.get(3), cards.get(4))) {
            if (known.startsWith(keyword + " ") && !known.endsWith("= " + size)) {
                throw MalformedDataException.expected(
                        file.toString(), "the size of the picture, " + known.replaceAll("\\s+", " "), size);
            }
        }
    }

    private static String card(String keyword, String value) {
        return String.format("%-8s= %s", keyword, value);
    }

    private static byte[] bytes(List<String> cards) {
        int blocks = (cards.size() * CARD + FitsHeader.BLOCK - 1) / FitsHeader.BLOCK;
        byte[] bytes = new byte[blocks * FitsHeader.BLOCK];
        Arrays.fill(bytes, (byte) ' ');
        for (int i = 0; i < cards.size(); i++) {
            // ASCII, as headers are: other characters become question marks
            byte[] card = cards.get(i).replaceAll("[^ -~]", "?").getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(card, 0, bytes, i * CARD, Math.min(CARD, card.length));
        }
        return bytes;
    }
}
