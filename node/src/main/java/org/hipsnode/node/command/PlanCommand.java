package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hipsnode.io.JsonText;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.plan.Estimate;
import org.hipsnode.node.plan.NodePlan;
import org.hipsnode.node.plan.PushStep;
import org.hipsnode.node.plan.SurveyStep;
import org.hipsnode.node.schedule.NodePlanning;
import org.hipsnode.node.show.Quantities;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells what a node would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Tells what a node would make, copy, push and remove now, and why; nothing is written. Sources that are here are "
                        + "opened, and the servers of mirrors and pushes are asked.",
        footer = {
            "",
            "Exit code 3: a survey cannot be made as it is declared, another node could not be asked, or a push would be refused."
        })
final class PlanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "node.yaml",
            defaultValue = "node.yaml",
            description = "The node's configuration; by default node.yaml.")
    private Path file = Path.of("");

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        NodeConfig config = NodeConfig.read(file);
        int threads = workers.count();
        Progress progress = new Progress(System::nanoTime);
        NodePlan plan = WatchedWork.run(
                progress,
                terminal,
                common.quiet,
                () -> NodePlanning.plan(config, RunCommand.means(config, threads), progress));
        if (common.json) {
            terminal.results().println(JsonText.line(plan.values()));
        } else {
            print(plan);
        }
        return plan.hasProblems() ? ExitCode.MISSING : ExitCode.DONE;
    }

    private void print(NodePlan plan) {
        plan.surveys().forEach(this::print);
        plan.mirrors().forEach(this::print);
        plan.pushes().forEach(this::print);
        for (NodePlan.Removal removal : plan.removals()) {
            terminal.results()
                    .printf("remove   %s, release %d: %s%n", removal.path(), removal.release(), removal.why());
        }
        for (String path : plan.undeclared()) {
            terminal.results()
                    .printf(
                            "leave    %s: it was made here and is declared no more; remove its folder if nobody needs it%n",
                            path);
        }
        for (String partner : plan.partners()) {
            terminal.results().printf("tell     %s of each release that is published%n", partner);
        }
        if (plan.surveys().isEmpty() && plan.mirrors().isEmpty()) {
            terminal.results().printf("nothing  no survey and no mirror is declared%n");
        }
    }

    private void print(NodePlan.Survey survey) {
        SurveyStep step = survey.step();
        String word = switch (step.action()) {
            case MAKE -> "make     ";
            case NOTHING -> "nothing  ";
            case REFUSE -> "cannot   ";
        };
        terminal.results().printf("%s%s: %s%n", word, step.survey().path(), step.why());
        survey.estimate().ifPresent(this::print);
    }

    private void print(Estimate estimate) {
        for (String address : estimate.fetch()) {
            terminal.results().printf("           fetch %s%n", address);
        }
        if (!estimate.fetch().isEmpty()) {
            terminal.results()
                    .printf(
                            "           %s; what is made of it can be told once it is here%n",
                            estimate.fetchBytes() == 0
                                    ? "of unknown size"
                                    : "about " + Quantities.bytes((double) estimate.fetchBytes()));
        }
        if (estimate.bytes().isPresent() && estimate.seconds().isPresent()) {
            terminal.results()
                    .printf(
                            "           about %s in %s, less what is kept; order %s, %s%n",
                            Quantities.bytes((double) estimate.bytes().getAsLong()),
                            Quantities.seconds(estimate.seconds().getAsDouble()),
                            estimate.facts().get("order"),
                            estimate.facts().get("formats"));
        }
        estimate.facts().forEach((name, fact) -> {
            if (name.startsWith("tiles-")) {
                terminal.results().printf("           %s: %s%n", name, fact);
            }
        });
    }

    private void print(NodePlan.Delivery push) {
        String word = switch (push.step().action()) {
            case SEND -> "push     ";
            case NOTHING -> "nothing  ";
            case LEAVE -> "leave    ";
            case REFUSE -> "cannot   ";
        };
        terminal.results()
                .printf(
                        "%s%s to %s: %s%n",
                        word, push.path(), push.to(), push.step().why());
        if (push.step().action() == PushStep.Action.SEND) {
            push.difference()
                    .ifPresent(difference -> terminal.results()
                            .printf(
                                    "           send %s, %s; keep %d there; drop %d%n",
                                    Quantities.count(difference.send().files(), "file"),
                                    Quantities.bytes((double) difference.send().bytes()),
                                    difference.keep().files(),
                                    difference.drop()));
        }
    }

    private void print(NodePlan.Copy copy) {
        if (copy.work().isEmpty()) {
            terminal.results().printf("cannot   %s from %s: %s%n", copy.path(), copy.from(), copy.why());
            return;
        }
        NodePlan.Work work = copy.work().get();
        String word = work.isNothing() ? "nothing  " : "mirror   ";
        terminal.results().printf("%s%s from %s: %s%n", word, copy.path(), copy.from(), copy.why());
        if (!work.isNothing()) {
            terminal.results()
                    .printf(
                            "           fetch %s, %s; ask about %d; delete %d; about %s%n",
                            Quantities.count(work.files(), "file"),
                            Quantities.bytes((double) work.bytes()),
                            work.asked(),
                            work.deleted(),
                            Quantities.seconds(work.seconds()));
        }
    }
}
