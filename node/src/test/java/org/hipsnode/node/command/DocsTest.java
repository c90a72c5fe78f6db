package org.hipsnode.node.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hipsnode.SharedData;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.survey.SurveyDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the documents say is so. */
class DocsTest {
    private static final Path PROJECT = SharedData.project();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:\\./)?hipsnode (.*?)(?: {2,}.*| *#.*)?$");
    private static final Pattern EXIT_CODE = Pattern.compile("(?m)^\\| (\\d+) \\|");

    @TempDir
    private Path folder;

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            for (String link : find(LINK, Files.readString(document))) {
                if (!link.contains("://") && !link.startsWith("#")) {
                    links++;
                    Path file = document.resolveSibling(link.replaceFirst("#.*", ""));
                    if (!Files.exists(file)) {
                        broken.add(PROJECT.relativize(document) + ": " + link);
                    }
                }
            }
        }
        assertThat(links).isGreaterThan(60);
        assertThat(broken).isEmpty();
    }

    @Test
    void everyCommandOfTheDocumentsIsUnderstood() throws IOException {
        int commands = 0;
        for (Path document : documents()) {
            for (String block : find(Pattern.compile("(?s)```sh\\n(.*?)```"), Files.readString(document))) {
                for (String command : find(COMMAND, block)) {
                    commands++;
                    assertThatCode(() -> HipsnodeCommand.line(silent()).parseArgs(words(command)))
                            .as(document.getFileName() + ": " + command)
                            .doesNotThrowAnyException();
                }
            }
        }
        assertThat(commands).isGreaterThanOrEqualTo(5);
    }

    @Test
    void theReadmeIsShortAndNamesTheTwoCommands() throws IOException {
        assertThat(Files.readAllLines(PROJECT.resolve("README.md")))
                .hasSizeLessThanOrEqualTo(150)
                .contains("./hipsnode demo", "mvn verify");
        assertThat(Files.readString(PROJECT.resolve(".ci/run")))
                .contains("mvn ")
                .contains(" verify");
    }

    @Test
    void operatingListsTheExitCodesAndTheCommands() throws IOException, IllegalAccessException {
        String operating = Files.readString(PROJECT.resolve("docs/operating.md"));
        TreeSet<String> codes = new TreeSet<>();
        for (Field code : ExitCode.class.getDeclaredFields()) {
            codes.add(String.valueOf(code.getInt(null)));
        }
        assertThat(new TreeSet<>(find(EXIT_CODE, operating))).isEqualTo(codes);
        codes.remove(String.valueOf(ExitCode.DONE)); // no trouble
        assertThat(new TreeSet<>(find(EXIT_CODE, Files.readString(PROJECT.resolve("docs/operations.md")))))
                .isEqualTo(codes);
        for (CommandLine command :
                HipsnodeCommand.line(silent()).getSubcommands().values()) {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                assertThat(operating).contains("hipsnode " + command.getCommandName() + " ");
            }
        }
    }

    @Test
    void theExamplesOfConfigurationAreRead() throws IOException {
        Path definition = folder.resolve("survey.yaml");
        Files.writeString(definition, yaml("docs/definitions.md"));
        assertThat(SurveyDefinition.read(definition).keywords().value("obs_title"))
                .contains("My sky");
        Path node = folder.resolve("node.yaml");
        Files.writeString(node, yaml("docs/operating.md"));
        for (String file : List.of("chain.pem", "key.pem")) {
            Files.createFile(folder.resolve(file)); // only their being there is looked at here
        }
        assertThat(NodeConfig.read(node).title()).isEqualTo("My HiPS node");
        Files.writeString(node, yaml("docs/operations.md"));
        assertThat(NodeConfig.read(node).made().entries()).hasSize(2);
        try (Stream<Path> definitions = Files.list(PROJECT.resolve("surveys/definitions"))) {
            assertThat(definitions.filter(file -> name(file).endsWith(".yaml")).toList())
                    .isNotEmpty()
                    .allSatisfy(SurveyDefinition::read);
        }
    }

    @Test
    void everyDecisionIsListedAndSaysWhyAndWhatWasRejected() throws IOException {
        String list = Files.readString(PROJECT.resolve("docs/adr/README.md"));
        try (Stream<Path> files = Files.list(PROJECT.resolve("docs/adr"))) {
            List<Path> decisions =
                    files.filter(f -> Character.isDigit(name(f).charAt(0))).toList();
            assertThat(decisions).hasSizeGreaterThan(10);
            for (Path decision : decisions) {
                assertThat(list).contains("(" + name(decision) + ")");
                assertThat(Files.readString(decision)).contains("## Why", "## Decision", "## Rejected");
            }
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(PROJECT.resolve("docs"));
                Stream<Path> top = Files.list(PROJECT)) {
            return Stream.concat(docs, top).filter(f -> name(f).endsWith(".md")).toList();
        }
    }

    private static String yaml(String document) throws IOException {
        return find(Pattern.compile("(?s)```yaml\\n(.*?)```"), Files.readString(PROJECT.resolve(document)))
                .get(0);
    }

    private static List<String> find(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
    }

    private static String[] words(String command) {
        return Arrays.stream(command.trim().split("\\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))
                .map(word -> word.replace("\"", ""))
                .toArray(String[]::new);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static Terminal silent() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Terminal(nowhere, nowhere, false);
    }
}
