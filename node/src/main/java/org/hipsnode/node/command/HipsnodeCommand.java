package org.hipsnode.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.run.Ahead;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.store.LockedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line as a whole. */
@Command(
        name = "hipsnode",
        description = "Makes, serves, mirrors and checks HiPS surveys.",
        mixinStandardHelpOptions = true,
        versionProvider = HipsnodeCommand.Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 finished with items missing,",
            "4 check found defects, 11 locked by another run, 130 interrupted.",
            "Results go to standard output, progress and messages to standard error."
        })
public final class HipsnodeCommand {
    private static final String GENERATE = "generate";
    private static final String REHEARSE = "rehearse";

    /** Tells the version. */
    static final class Versions implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.NAME};
        }
    }

    // Lambdas in the places of the two that follow would keep their interfaces, which are of an old version, out of the
    // archive of classes.

    /** Says what is wrong, and where to read on: a page of usage would push the one line that matters off the screen. */
    private static final class Refusal implements CommandLine.IParameterExceptionHandler {
        @Override
        public int handleParseException(CommandLine.ParameterException e, String[] words) {
            CommandLine command = e.getCommandLine();
            command.getErr().println(e.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
            command.getErr()
                    .println("See '" + command.getCommandSpec().qualifiedName() + " --help' for what there is.");
            return ExitCode.USAGE;
        }
    }

    /** Tells people what a command has thrown. */
    private record Report(Terminal terminal) implements CommandLine.IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
            return report(e, terminal);
        }
    }

    /** Runs a command line and returns the exit code. */
    public static int execute(Terminal terminal, String... args) {
        if (args.length == 0) {
            line(terminal).usage(terminal.results());
            return ExitCode.USAGE;
        }
        try {
            return run(terminal, args);
        } catch (OutOfMemoryError e) {
            long limit = Runtime.getRuntime().maxMemory() >> 20;
            return say(
                    terminal,
                    "out of memory: allow more than " + limit + " MiB by HIPSNODE_MEMORY=1g, or use fewer --workers",
                    ExitCode.FAILED);
        }
    }

    /** Prepares no other command than the first word names: each takes a while. */
    private static int run(Terminal terminal, String... args) {
        Supplier<Object> command = commands(terminal).get(args[0]);
        if (command == null || args[0].equals(REHEARSE)) { // a rehearsal is for all of them
            return line(terminal).execute(args);
        }
        if (args[0].equals(GENERATE)) {
            Ahead.load();
        }
        CommandLine line = new CommandLine(command.get()).setCommandName("hipsnode " + args[0]);
        return equipped(line, terminal).execute(Arrays.copyOfRange(args, 1, args.length));
    }

    /** Returns the command line with all commands. */
    static CommandLine line(Terminal terminal) {
        CommandLine line = new CommandLine(new HipsnodeCommand());
        commands(terminal).forEach((name, command) -> line.addSubcommand(name, command.get()));
        return equipped(line, terminal);
    }

    private static CommandLine equipped(CommandLine line, Terminal terminal) {
        return line.setOut(new PrintWriter(terminal.results(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.messages(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(new Refusal())
                .setExecutionExceptionHandler(new Report(terminal))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static Map<String, Supplier<Object>> commands(Terminal terminal) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> new DemoCommand(terminal));
        commands.put(GENERATE, () -> new GenerateCommand(terminal));
        commands.put("serve", () -> new ServeCommand(terminal));
        commands.put("plan", () -> new PlanCommand(terminal));
        commands.put("run", () -> new RunCommand(terminal));
        commands.put("status", () -> new StatusCommand(terminal));
        commands.put("rollback", () -> new RollbackCommand(terminal));
        commands.put("mirror", () -> new MirrorCommand(terminal));
        commands.put("lint", () -> new LintCommand(terminal));
        commands.put("verify", () -> new VerifyCommand(terminal));
        commands.put("audit", () -> new AuditCommand(terminal));
        commands.put("bag", () -> new BagCommand(terminal));
        commands.put("unbag", () -> new UnbagCommand(terminal));
        commands.put("push", () -> new PushCommand(terminal));
        commands.put("credential", () -> new CredentialCommand(terminal));
        commands.put(REHEARSE, () -> new RehearseCommand(terminal));
        return commands;
    }

    private static int report(Exception e, Terminal terminal) {
        if (e instanceof ConfigException) {
            return say(terminal, e.getMessage(), ExitCode.USAGE);
        }
        if (e instanceof LockedException) {
            return say(terminal, e.getMessage(), ExitCode.LOCKED);
        }
        if (e instanceof CancellationException) {
            return ExitCode.INTERRUPTED;
        }
        if (e instanceof AccessDeniedException denied) {
            return say(terminal, "'" + denied.getFile() + "': permission denied", ExitCode.FAILED);
        }
        if (e instanceof FileSystemException refused && refused.getOtherFile() == null) {
            return say(terminal, "'" + refused.getFile() + "': " + why(refused), ExitCode.FAILED);
        }
        if (e instanceof IOException && e.getMessage() != null) {
            return say(terminal, e.getMessage(), ExitCode.FAILED);
        }
        e.printStackTrace(terminal.messages());
        return say(terminal, "this is a fault of the program: please report the lines above", ExitCode.FAILED);
    }

    private static String why(FileSystemException refused) {
        if (refused.getReason() != null) {
            return refused.getReason() + "; choose another place";
        }
        if (refused instanceof FileAlreadyExistsException || refused instanceof NotDirectoryException) {
            return "expected a folder, found a file; choose another place";
        }
        return refused instanceof NoSuchFileException
                ? "no such file or folder; name one that is there"
                : "cannot be read or written; choose another place";
    }

    private static int say(Terminal terminal, @Nullable String message, int code) {
        terminal.messages().println("hipsnode: " + message);
        return code;
    }
}
