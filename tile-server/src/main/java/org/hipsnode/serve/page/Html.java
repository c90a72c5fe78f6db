package org.hipsnode.serve.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hipsnode.io.WebAddress;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.serve.text.Markup;

/** Pieces of HTML made of values. */
final class Html {
    private static final Pattern BIBCODE = Pattern.compile("\\d{4}[A-Za-z&.]{1,9}[A-Za-z0-9&.]{3,12}[A-Z.]");
    private static final int BIBCODE_LENGTH = 19;
    private static final Pattern DOI =
            Pattern.compile("(?:doi:|https?://(?:dx\\.)?doi\\.org/)?(10\\.\\d{4,9}/[^\\s\"<>]{1,200})");
    private static final int LONGEST = 2000;

    private Html() {}

    /** Returns a text as HTML: cut if it is very long, and a link if it names something on the web. */
    static String value(String text) {
        String shown = Markup.escape(Markup.cut(text, LONGEST));
        return address(text)
                .map(href -> "<a href=\"" + Markup.escape(href) + "\" rel=\"noopener nofollow\">" + shown + "</a>")
                .orElse(shown);
    }

    /** Returns what a text leads to: only web addresses, bibcodes and DOIs lead anywhere. */
    private static Optional<String> address(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        if (text.length() == BIBCODE_LENGTH && BIBCODE.matcher(text).matches()) {
            return Optional.of("https://ui.adsabs.harvard.edu/abs/" + WebAddress.encode(text));
        }
        var doi = DOI.matcher(text);
        if (doi.matches()) {
            return Optional.of("https://doi.org/" + WebAddress.encode(doi.group(1)));
        }
        return WebAddress.parse(text).map(address -> address.uri().toString());
    }

    static String link(String href, String text) {
        return "<a href=\"" + Markup.escape(href) + "\">" + Markup.escape(text) + "</a>";
    }

    /** Returns a day, to which the page's script adds how long ago it was. */
    static String date(HipsDate date) {
        String text = date.toString();
        return "<time datetime=\"" + text + "\">" + text.substring(0, 10) + "</time>";
    }

    /** Returns a time to the minute, for people. */
    static String minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).toString().replace('T', ' ').replace(":00Z", " UTC");
    }

    /** Returns a whole number with its digits in groups of three, apart but on one line. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /** Returns a size in the largest unit of which there is one at least. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + "\u00a0B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 999.5 && unit < 5) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, size < 10 ? "%.1f\u00a0%cB" : "%.0f\u00a0%cB", size, "kMGTPE".charAt(unit));
    }

    /** Returns an angle in the unit that suits it. */
    static String angle(double degrees) {
        if (degrees >= 1) {
            return String.format(Locale.ROOT, "%.3g°", degrees);
        }
        double minutes = degrees * 60;
        if (minutes >= 1) {
            return String.format(Locale.ROOT, "%.3g′", minutes);
        }
        return String.format(Locale.ROOT, "%.3g″", minutes * 60);
    }
}
