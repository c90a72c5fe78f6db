package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.check.Findings;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.JsonText;
import org.hipsnode.mirror.pull.MirrorPolicy;
import org.hipsnode.mirror.push.Push;
import org.hipsnode.mirror.push.PushPermission;
import org.hipsnode.mirror.push.PushPlan;
import org.hipsnode.mirror.push.PushTarget;
import org.hipsnode.node.show.Quantities;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies one of our surveys elsewhere. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description =
                "Copies a survey of ours to another hipsnode, to a server of SSH or into a folder: only what is missing "
                        + "there, staged and verified there, and published whole.",
        footer = {
            "",
            "A push that was stopped is gone on with by the same command.",
            "Exits 0 if the release is there, 4 if tiles are damaged, so that it was not sent or not published."
        })
final class PushCommand implements Callable<Integer> {
    private static final int MOST_CONNECTIONS = 64;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SURVEY", description = "The survey's folder here.")
    private Path survey = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "URL|DIR",
            description =
                    "Where the survey shall be: its address on another node, sftp://user@host/path, or its own folder.")
    private String place = "";

    @Mixin
    private PushLogin login = new PushLogin();

    @Option(
            names = "--exact",
            description =
                    "Every byte as it is here, hips_status too: for another machine of yours. By default the other "
                            + "side says that it is a copy, as the standard wants it.")
    private boolean exact;

    @Option(names = "--connections", description = "How many files to send at once; by default ${DEFAULT-VALUE}.")
    private int connections = 8;

    @Option(names = "--dry-run", description = "Only say what would be sent.")
    private boolean dryRun;

    @Option(
            names = "--max-delete",
            paramLabel = "PERCENT",
            description = "Of the files there that a push may drop; by default 10.")
    private double maxDelete = MirrorPolicy.USUAL_PERCENT;

    @Option(
            names = "--yes",
            description =
                    "Push a private or unclonable survey of yours, or an older release than is there, or one that drops "
                            + "any number of files.")
    private boolean yes;

    @Option(names = "--accept-defects", description = "Push the release although some of its tiles break the standard.")
    private boolean acceptsDefects;

    @Option(
            names = "--verify",
            description =
                    "Of a server of SSH: read every file there and compare it, those that were there before too; what is "
                            + "damaged is sent again.")
    private boolean verify;

    @Mixin
    private CommonOptions common = new CommonOptions();

    PushCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        requireNumbers();
        Progress progress = new Progress(System::nanoTime);
        try (PushTarget target = PushTargets.open(place, login, connections, verify, acceptsDefects)) {
            Push push = Push.prepare(survey, target, exact ? Push.Keeping.EVERY_BYTE : Push.Keeping.AS_COPY);
            if (dryRun) {
                report(push.plan(), target);
                return ExitCode.DONE;
            }
            requireMeant(push.plan());
            if (!push.plan().difference().same() && !isSound(push.check())) {
                return ExitCode.DEFECTS;
            }
            Push.Result result =
                    WatchedWork.run(progress, terminal, common.quiet, () -> push.run(connections, progress));
            report(push.plan(), target, result);
            return result.refusal().isPresent() ? ExitCode.DEFECTS : ExitCode.DONE;
        }
    }

    private void requireNumbers() throws ConfigException {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new ConfigException("--connections must be 1 to " + MOST_CONNECTIONS + ", found " + connections);
        }
        if (!(maxDelete >= 0 && maxDelete <= 100)) {
            throw new ConfigException("--max-delete: expected 0 to 100, found " + maxDelete);
        }
    }

    /** Tells what is wrong with our survey, and whether it may be pushed all the same. */
    private boolean isSound(Findings findings) {
        findings.all().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .filter(finding -> !common.quiet || finding.isDamage())
                .forEach(terminal.messages()::println);
        boolean sound = findings.allowsCopy(acceptsDefects);
        if (!sound) {
            terminal.messages()
                    .println("hipsnode: '" + survey
                            + "' was not pushed: tiles of it break the standard; if it shall be copied "
                            + "as it is, add --accept-defects");
        }
        return sound;
    }

    private void requireMeant(PushPlan plan) throws ConfigException {
        if (plan.permission() == PushPermission.REFUSED) {
            throw new ConfigException(
                    "'" + survey + "' may not be pushed: " + plan.permission().reason());
        }
        if (!yes && plan.permission() != PushPermission.GRANTED) {
            throw new ConfigException(
                    "'" + survey + "': " + plan.permission().reason() + "; if that is meant, add --yes");
        }
        if (!yes && plan.going() == PushPlan.Going.BACK) {
            throw new ConfigException(
                    "'" + survey + "': a newer release is at '" + place + "'; to go back to this one, add --yes");
        }
        if (!yes && !plan.difference().dropsAtMost(maxDelete)) {
            throw new ConfigException(
                    "'" + survey + "' lacks " + plan.difference().drop() + " files of the release at '"
                            + place + "', and at most " + maxDelete
                            + " % may be dropped without being asked for: look whether it is whole, then give --yes or a higher "
                            + "--max-delete");
        }
    }

    private void report(PushPlan plan, PushTarget target) {
        if (common.json) {
            terminal.results().println(JsonText.line(values(plan, target)));
            return;
        }
        terminal.results().println(target + ": " + text(plan));
        if (plan.permission() != PushPermission.GRANTED) {
            terminal.results().println("note: " + plan.permission().reason());
        }
        if (plan.going() == PushPlan.Going.BACK) {
            terminal.results().println("note: a newer release is there");
        }
    }

    private static String text(PushPlan plan) {
        PushPlan.Difference difference = plan.difference();
        return difference.same()
                ? "the release is there already, "
                        + Quantities.count(difference.keep().files(), "file")
                : String.format(
                        "to send %s, %s, of which %d replace others; to keep %s; to drop %s",
                        Quantities.count(difference.send().files(), "file"),
                        Quantities.bytes((double) difference.send().bytes()),
                        difference.replaced(),
                        Quantities.count(difference.keep().files(), "file"),
                        Quantities.count(difference.drop(), "file"));
    }

    private static Map<String, Object> values(PushPlan plan, PushTarget target) {
        PushPlan.Difference difference = plan.difference();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("target", target);
        plan.survey().ifPresent(id -> values.put("survey", id));
        values.put("release", plan.release());
        values.put("permission", plan.permission().name());
        values.put("older", plan.going() == PushPlan.Going.BACK);
        values.put("same", difference.same());
        values.put("send", difference.send().files());
        values.put("send_bytes", difference.send().bytes());
        values.put("replace", difference.replaced());
        values.put("keep", difference.keep().files());
        values.put("keep_bytes", difference.keep().bytes());
        values.put("drop", difference.drop());
        return values;
    }

    private void report(PushPlan plan, PushTarget target, Push.Result result) {
        result.refusal()
                .ifPresent(why -> terminal.messages().println("hipsnode: '" + target + "' did not publish: " + why));
        if (common.json) {
            Map<String, Object> values = values(plan, target);
            values.put("sent", result.files());
            values.put("sent_bytes", result.bytes());
            values.put("published", result.refusal().isEmpty());
            terminal.results().println(JsonText.line(values));
        } else if (result.refusal().isEmpty()) {
            terminal.results()
                    .println(target + ": "
                            + (plan.difference().same()
                                    ? text(plan)
                                    : "published, sent " + Quantities.count(result.files(), "file") + ", "
                                            + Quantities.bytes((double) result.bytes())));
        }
    }
}
