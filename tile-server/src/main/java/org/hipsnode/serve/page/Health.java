package org.hipsnode.serve.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hipsnode.check.Finding;
import org.hipsnode.serve.snapshot.Checkup;
import org.hipsnode.serve.text.Markup;

/** What a check of a survey found, for people. */
final class Health {
    private static final int LONGEST = 300;

    private Health() {}

    /** Returns how many findings there are, the first of them, and what was looked at. */
    static String of(Checkup checkup) {
        return checkup.count() == 0 ? "<p>Nothing was found.</p>" : details(checkup);
    }

    /** Returns what was looked at. */
    static String scope(Checkup checkup) {
        return checkup.ofFiles()
                ? "Of the keywords, the coverage, preview and Allsky files, and a few tiles of each format, looked at once for each release;"
                : "Of the keywords alone;";
    }

    private static String summary(Checkup checkup) {
        List<String> counts = new ArrayList<>();
        addCount(counts, checkup.errors(), "error");
        addCount(counts, checkup.warnings(), "warning");
        addCount(counts, checkup.notes(), "note");
        return String.join(", ", counts);
    }

    private static void addCount(List<String> counts, long count, String of) {
        if (count > 0) {
            counts.add(count + " " + of + (count == 1 ? "" : "s"));
        }
    }

    private static String details(Checkup checkup) {
        String rows = checkup.worst().stream().map(Health::row).collect(Collectors.joining());
        long left = checkup.count() - checkup.worst().size();
        String more = left > 0 ? "<p>And " + left + " more.</p>" : "";
        return "<details><summary>" + summary(checkup) + "</summary><ul>\n" + rows + "</ul>" + more + "</details>";
    }

    private static String row(Finding finding) {
        String text =
                finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.object() + ": " + finding.message();
        return "<li>" + Markup.escape(Markup.cut(text, LONGEST)) + "</li>\n";
    }
}
