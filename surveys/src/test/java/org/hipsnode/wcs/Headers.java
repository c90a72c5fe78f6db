package org.hipsnode.wcs;

import java.io.IOException;
import java.util.Map;
import org.hipsnode.fits.FitsCards;
import org.hipsnode.fits.FitsHeader;

/** Headers made for tests. */
final class Headers {
    private Headers() {}

    /** Makes a header of cards "KEYWORD=value" with bars between. */
    static FitsHeader of(String cards) throws IOException {
        FitsCards header = new FitsCards().add("SIMPLE", true, "").add("BITPIX", 8, "");
        for (String card : cards.split("\\|")) {
            String[] parts = card.split("=", 2);
            add(header, parts[0], parts[1]);
        }
        return FitsHeader.parse(header.bytes(), "test");
    }

    static FitsHeader of(Map<String, ?> cards) throws IOException {
        FitsCards header = new FitsCards().add("SIMPLE", true, "").add("BITPIX", 8, "");
        for (Map.Entry<String, ?> card : cards.entrySet()) {
            add(header, card.getKey(), card.getValue().toString());
        }
        return FitsHeader.parse(header.bytes(), "test");
    }

    private static void add(FitsCards header, String keyword, String value) {
        if (value.matches("[+-]?[0-9]+")) {
            header.add(keyword, Long.parseLong(value), "");
        } else if (value.matches("[+-]?[0-9.]+([eE][+-]?[0-9]{1,2})?")) {
            header.add(keyword, Double.parseDouble(value), "");
        } else {
            header.add(keyword, value, "");
        }
    }
}
