package org.hipsnode.node.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.JsonText;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.serve.access.CredentialFile;
import org.hipsnode.serve.access.SurveyPattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps the file that says who may see private surveys. */
@Command(
        name = "credential",
        mixinStandardHelpOptions = true,
        description =
                "Lets somebody see private surveys: adds a token or a password to the node's file of credentials.",
        footer = {
            "",
            "The token is printed once; the file holds what it can be known again by, not the token.",
            "To withdraw a credential, remove its lines from the file; a running node sees it within five seconds."
        })
final class CredentialCommand implements Callable<Integer> {
    /** Shorter ones are guessed, however slowly. */
    private static final int MIN_PASSWORD = 12;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "add", description = "What to do; there is but 'add'.")
    private String action = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Whom it is for; the user name of a password.")
    private String name = "";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The file of credentials, which node.yaml names as server.credentials; by default "
                    + "credentials.yaml in the current folder. It is made if need be.")
    private Path file = Path.of("credentials.yaml");

    @Option(
            names = "--survey",
            paramLabel = "SURVEY",
            description = "What it opens: a survey's path or id, or the start of one with '*' at its end. May be "
                    + "given several times; by default '*', all private surveys.")
    private List<String> surveys = new ArrayList<>();

    @Option(
            names = "--password",
            description =
                    "Instead of a token made by chance, for programs: a password, for people with a browser. It is "
                            + "asked for, or read as one line from standard input.")
    private boolean password;

    @Mixin
    private CommonOptions common = new CommonOptions();

    CredentialCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (!action.equals("add")) {
            throw new ConfigException("expected 'credential add NAME', found 'credential " + action + "'");
        }
        List<SurveyPattern> patterns = patterns();
        CredentialFile credentials = new CredentialFile(file);
        if (password) {
            credentials.addPassword(name, password(), patterns);
            report(Optional.empty());
        } else {
            report(Optional.of(credentials.addToken(name, patterns)));
        }
        return ExitCode.DONE;
    }

    private List<SurveyPattern> patterns() throws ConfigException {
        List<SurveyPattern> patterns = new ArrayList<>();
        for (String text : surveys.isEmpty() ? List.of("*") : surveys) {
            patterns.add(SurveyPattern.parse(text)
                    .orElseThrow(() -> new ConfigException(
                            "--survey must be " + SurveyPattern.EXPECTED + ", found '" + text + "'")));
        }
        return patterns;
    }

    private String password() throws IOException {
        Optional<Console> console = Optional.ofNullable(System.console());
        String given = console.isPresent() ? typed(console.get()) : firstLine();
        if (given.length() < MIN_PASSWORD) {
            throw new ConfigException(
                    "expected a password of " + MIN_PASSWORD + " characters or more, found " + given.length());
        }
        return given;
    }

    private static String typed(Console console) throws ConfigException {
        char[] once = Optional.ofNullable(console.readPassword("Password: ")).orElse(new char[0]);
        char[] again = Optional.ofNullable(console.readPassword("Again: ")).orElse(new char[0]);
        if (!Arrays.equals(once, again)) {
            throw new ConfigException("expected the same password twice, found two");
        }
        return new String(once);
    }

    private static String firstLine() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        return Optional.ofNullable(in.readLine()).orElse("");
    }

    private void report(Optional<String> token) {
        if (common.json) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("name", name);
            values.put("file", file);
            token.ifPresent(t -> values.put("token", t));
            terminal.results().println(JsonText.line(values));
        } else {
            token.ifPresent(terminal.results()::println);
        }
        if (!common.quiet) {
            terminal.messages()
                    .println("note: '" + name + "' is in '" + file + "'"
                            + (token.isPresent() ? "; the token is told this once" : ""));
        }
    }
}
