package org.hipsnode.node.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.JsonText;
import org.hipsnode.node.show.Quantities;

/**
 * What a round of audits found, as a data centre archives it.
 *
 * @param node title of the node
 * @param address of the node
 * @param program that has audited
 */
public record AuditReport(
        String node, Optional<String> address, String program, Instant start, Instant end, List<Audit> audits) {
    /** More are only counted. */
    private static final int MOST_NAMED = 1000;

    public AuditReport {
        audits = List.copyOf(audits);
    }

    /** Returns it for programs. */
    public byte[] json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("format", "hipsnode-audit");
        report.put("version", 1);
        report.put("node", node);
        address.ifPresent(a -> report.put("address", a));
        report.put("program", program);
        report.put("start", text(start));
        report.put("end", text(end));
        report.put("surveys", audits.stream().map(AuditReport::values).toList());
        return JsonText.lines(report);
    }

    private static Map<String, Object> values(Audit audit) {
        Map<String, Object> values = new LinkedHashMap<>(audit.values());
        values.put(
                "flaws",
                audit.flaws().stream()
                        .limit(MOST_NAMED)
                        .map(flaw -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("kind", flaw.kind().word());
                            one.put("file", flaw.name());
                            one.put("message", flaw.message());
                            return one;
                        })
                        .toList());
        return values;
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns it for people. */
    public byte[] text() {
        StringBuilder text = new StringBuilder(
                "Fixity audit of " + node + address.map(a -> " (" + a + ")").orElse("")
                        + "\nfrom " + text(start) + " to " + text(end) + ", by " + program
                        + "\n\n"
                        + "Every byte of every file was read and its SHA-256 compared with the survey's"
                        + " manifest.\n");
        audits.forEach(audit -> append(text, audit));
        text.append('\n').append(summary()).append('\n');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder text, Audit audit) {
        text.append('\n').append(audit.path()).append('\n');
        line(text, "id", audit.subject().id().orElse("not said"));
        line(text, "release", audit.subject().releaseDate().orElse("not said"));
        audit.subject().manifest().ifPresent(digest -> line(text, "manifest", digest));
        audit.subject().content().ifPresent(digest -> line(text, "content", digest));
        line(
                text,
                "files",
                audit.counts().files() + ", "
                        + Quantities.bytes((double) audit.counts().bytes()) + " ("
                        + audit.counts().bytes() + " bytes)");
        line(text, "read", text(audit.start()) + " to " + text(audit.end()));
        line(text, "result", audit.line());
        audit.flaws().stream()
                .limit(MOST_NAMED)
                .forEach(flaw -> line(text, "  " + flaw.kind().word(), flaw.name() + ": " + flaw.message()));
        if (audit.flaws().size() > MOST_NAMED) {
            line(text, "", "and " + (audit.flaws().size() - MOST_NAMED) + " more");
        }
    }

    private static void line(StringBuilder text, String term, String value) {
        text.append(String.format("  %-10s %s\n", term, value));
    }

    /** Returns how many surveys are how. */
    public String summary() {
        StringBuilder text = new StringBuilder(Quantities.count(audits.size(), "survey") + ":");
        String comma = " ";
        for (Audit.Result result : Audit.Result.values()) {
            long count = audits.stream().filter(a -> a.result() == result).count();
            if (count > 0) {
                text.append(comma).append(count).append(' ').append(result.word());
                comma = ", ";
            }
        }
        return text.toString();
    }
}
