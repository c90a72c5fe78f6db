package org.hipsnode.serve.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hipsnode.check.Finding;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.check.Findings;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.serve.text.Markup;

/** What a check of a survey's keywords finds; that costs no look at a file, so it is made for each page. */
final class Health {
    private static final int MOST = 20;
    private static final int LONGEST = 300;

    private Health() {}

    /** Returns how many findings there are, and the first of them, errors before warnings. */
    static String of(HipsProperties list) {
        Findings findings = SurveyCheck.checkProperties(list);
        List<Finding> worst = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            findings.all().stream().filter(f -> f.severity() == severity).forEach(worst::add);
        }
        return worst.isEmpty() ? "<p>Nothing was found.</p>" : details(summary(findings), worst);
    }

    private static String summary(Findings findings) {
        List<String> counts = new ArrayList<>();
        addCount(counts, findings.count(Severity.ERROR), "error");
        addCount(counts, findings.count(Severity.WARNING), "warning");
        addCount(counts, findings.count(Severity.INFO), "note");
        return String.join(", ", counts);
    }

    private static void addCount(List<String> counts, long count, String of) {
        if (count > 0) {
            counts.add(count + " " + of + (count == 1 ? "" : "s"));
        }
    }

    private static String details(String summary, List<Finding> findings) {
        String rows = findings.stream().limit(MOST).map(Health::row).collect(Collectors.joining());
        String more = findings.size() > MOST ? "<p>And " + (findings.size() - MOST) + " more.</p>" : "";
        return "<details><summary>" + summary + "</summary><ul>\n" + rows + "</ul>" + more + "</details>";
    }

    private static String row(Finding finding) {
        String text =
                finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.object() + ": " + finding.message();
        return "<li>" + Markup.escape(Markup.cut(text, LONGEST)) + "</li>\n";
    }
}
