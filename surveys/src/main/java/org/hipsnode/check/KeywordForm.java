package org.hipsnode.check;

import java.util.Set;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.properties.Keyword.Kind;

/** What values of keywords must look like. */
final class KeywordForm {
    /** The words of VODataService for parts of the spectrum. */
    static final Set<String> REGIMES =
            Set.of("Radio", "Millimeter", "Infrared", "Optical", "UV", "EUV", "X-ray", "Gamma-ray");

    private KeywordForm() {}

    /** Returns what a value should have been; empty if it is. */
    static String expectation(Kind kind, String value) {
        return switch (kind) {
            case IVOID -> value.matches("ivo://\\S+") ? "" : "'ivo://…' without blanks";
            case URL -> isUrl(value) ? "" : "a URL of http, https or ftp";
            case DATE -> HipsDate.parse(value).isPresent() ? "" : "a date such as 2026-11-22T09:30Z";
            case NUMBER -> isNumber(value) ? "" : "a number";
            case INTEGER -> isWhole(value) ? "" : "a whole number";
            case INTERVAL -> isInterval(value) ? "" : "two numbers, the smaller first";
            case TEXT, WORDS -> "";
        };
    }

    static boolean isUrl(String value) {
        return value.matches("(?i)(https?|ftp)://.*");
    }

    static boolean isWhole(String value) {
        return value.matches("[+-]?\\d{1,18}");
    }

    static boolean isNumber(String value) {
        try {
            return Double.isFinite(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isInterval(String value) {
        // Hipsgen may write the transfer function behind the two numbers
        String[] parts = value.trim().split("\\s+");
        return parts.length >= 2
                && isNumber(parts[0])
                && isNumber(parts[1])
                && Double.parseDouble(parts[0]) < Double.parseDouble(parts[1]);
    }

    /** Returns the words in their sequence, for a message. */
    static String regimes() {
        return String.join(", ", REGIMES.stream().sorted().toList());
    }
}
