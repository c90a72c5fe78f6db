package org.hipsnode.node.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.hipsnode.check.Finding;
import org.hipsnode.io.JsonText;
import org.hipsnode.mirror.plan.FilePlan;
import org.hipsnode.mirror.plan.MirrorPlan;
import org.hipsnode.mirror.plan.MirrorPlan.Knowledge;
import org.hipsnode.mirror.plan.TreePlan;
import org.hipsnode.mirror.pull.MirrorReport;
import org.hipsnode.mirror.pull.Pace;
import org.hipsnode.node.show.Quantities;
import org.hipsnode.node.show.Terminal;

/** Tells what a mirror is going to do, and what it did. */
final class MirrorPrinter {
    private final Terminal terminal;
    private final CommonOptions common;

    MirrorPrinter(Terminal terminal, CommonOptions common) {
        this.terminal = terminal;
        this.common = common;
    }

    static int exitCode(MirrorReport.Result result) {
        return switch (result) {
            case UNCHANGED, PUBLISHED -> ExitCode.DONE;
            case INCOMPLETE -> ExitCode.MISSING;
            case DEFECTIVE -> ExitCode.DEFECTS;
        };
    }

    /**
     * Tells a plan.
     *
     * @param free bytes on the folder's disk, where the system tells
     */
    void print(String origin, Path folder, MirrorPlan plan, Pace pace, OptionalLong free) {
        warn(plan.warnings());
        if (common.json) {
            terminal.results().println(JsonText.line(values(origin, folder, plan, pace, free)));
            return;
        }
        String most = plan.knowledge() == Knowledge.MANIFEST ? "" : " at most";
        String size = plan.knowledge() == Knowledge.MANIFEST
                ? ", " + Quantities.bytes((double) plan.fetched().bytes())
                : ", of unknown size";
        terminal.results().printf("%s -> %s: %s%n", origin, folder, plan.why());
        if (plan.why() == MirrorPlan.Why.NOTHING) {
            return;
        }
        terminal.results()
                .printf(
                        "fetch %s%s%s; ask about %d; keep %d; delete %d%n",
                        Quantities.count(plan.fetched().files(), "file"),
                        most,
                        plan.fetched().files() == 0 ? "" : size,
                        plan.asked(),
                        plan.kept().files(),
                        plan.deleted());
        for (TreePlan tree : plan.trees()) {
            if (!tree.changesNothing() && !common.quiet) {
                terminal.results()
                        .printf(
                                "  %s: fetch %d (%d of them changed), ask about %d, keep %d, delete %d%n",
                                tree.tree(),
                                tree.fetched().files(),
                                tree.changed(),
                                tree.asked(),
                                tree.kept().files(),
                                tree.deleted());
            }
        }
        for (FilePlan file : plan.files()) {
            if (file.action() != FilePlan.Action.KEEP && !common.quiet) {
                terminal.results()
                        .printf("  %s: %s%n", file.name(), file.action().name().toLowerCase(java.util.Locale.ROOT));
            }
        }
        terminal.results().printf("about %s, at the pace of %s%n", Quantities.seconds(pace.seconds(plan)), pace(pace));
        if (free.isPresent() && plan.fetched().bytes() > free.getAsLong()) {
            terminal.results()
                    .printf("the disk of '%s' has only %s free%n", folder, Quantities.bytes((double) free.getAsLong()));
        }
    }

    private static String pace(Pace pace) {
        return pace.equals(Pace.ASSUMED)
                ? "a usual server"
                : "the last run, " + Quantities.bytes(pace.bytesPerSecond()) + "/s";
    }

    private static Map<String, Object> values(
            String origin, Path folder, MirrorPlan plan, Pace pace, OptionalLong free) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("origin", origin);
        values.put("folder", folder);
        values.put("why", plan.why());
        values.put("knowledge", plan.knowledge());
        values.put("fetch", plan.fetched().files());
        values.put("bytes", plan.fetched().bytes());
        values.put("changed", plan.changed());
        values.put("ask", plan.asked());
        values.put("keep", plan.kept().files());
        values.put("delete", plan.deleted());
        values.put("seconds", pace.seconds(plan));
        free.ifPresent(bytes -> values.put("free", bytes));
        values.put("warnings", texts(plan.warnings()));
        return values;
    }

    void print(MirrorReport report) {
        if (!common.quiet) {
            report.missing().forEach(line -> terminal.messages().println("missing " + line));
        }
        warn(report.findings());
        terminal.results().println(common.json ? JsonText.line(values(report)) : text(report));
    }

    private void warn(List<Finding> findings) {
        findings.stream()
                .filter(finding -> !common.quiet && finding.severity() != Finding.Severity.INFO)
                .forEach(terminal.messages()::println);
    }

    private static List<String> texts(List<Finding> warnings) {
        return warnings.stream().map(Finding::toString).toList();
    }

    private static String text(MirrorReport report) {
        MirrorReport.Done done = report.done();
        String counts = String.format(
                java.util.Locale.ROOT,
                "%d fetched (%s), %d kept, %d deleted, %s",
                done.fetched(),
                Quantities.bytes((double) done.bytes()),
                done.kept(),
                done.deleted(),
                Quantities.seconds(done.seconds()));
        String start = report.origin() + " -> " + report.folder() + ": ";
        String date = report.releaseDate().map(d -> " of " + d).orElse("");
        return start
                + switch (report.result()) {
                    case UNCHANGED -> "up to date with the release" + date;
                    case PUBLISHED ->
                        "release" + date + " published: " + counts + ", content "
                                + done.content().orElse("");
                    case INCOMPLETE ->
                        "files are missing, so the release" + date + " is not published: " + counts
                                + "; run again to go on";
                    case DEFECTIVE ->
                        "the release" + date + " is damaged and not published: " + counts
                                + "; --accept-defects publishes it all the same";
                };
    }

    private static Map<String, Object> values(MirrorReport report) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("origin", report.origin());
        values.put("folder", report.folder());
        values.put("result", report.result());
        report.releaseDate().ifPresent(date -> values.put("hips_release_date", date));
        values.put("fetched", report.done().fetched());
        values.put("bytes", report.done().bytes());
        values.put("kept", report.done().kept());
        values.put("deleted", report.done().deleted());
        values.put("requests", report.done().requests());
        values.put("seconds", report.done().seconds());
        report.done().content().ifPresent(content -> values.put("content", content));
        values.put("missing", String.join("\n", report.missing()));
        values.put("warnings", texts(report.aboutSource()));
        return values;
    }
}
