package org.hipsnode.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.hipsnode.SharedData;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.show.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files with which a node is installed fit the program. */
class PackagingTest {
    private static final Path PROJECT = SharedData.project();

    @TempDir
    private Path folder;

    private static String text(String file) throws IOException {
        return Files.readString(PROJECT.resolve(file));
    }

    private static String found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing like " + pattern));
    }

    private NodeConfig config(String yaml) throws IOException {
        return NodeConfig.read(Files.writeString(folder.resolve("node.yaml"), yaml));
    }

    @Test
    void everyConfigurationIsReadAndListensWhereItsImageSays() throws IOException {
        int exposed = Integer.parseInt(found("^EXPOSE (\\d+)", text("Dockerfile")));
        for (String yaml : List.of(
                text("packaging/node.yaml"),
                text("packaging/compose/paris.yaml"),
                text("packaging/compose/orsay.yaml"),
                found("node\\.yaml: \\|\\n(.*?)\\n---", text("packaging/kubernetes/node.yaml"))
                        .replaceAll("(?m)^ {4}", ""))) {
            assertThat(config(yaml).port()).isEqualTo(exposed);
        }
    }

    @Test
    void theTwoNodesOfComposeMirrorEachOther() throws IOException {
        String compose = text("docker-compose.yml");
        assertThat(compose).contains("\n  paris:", "\n  orsay:");
        assertThat(text("packaging/compose/paris.yaml")).contains("from: http://orsay:8080/orsay/sky");
        assertThat(text("packaging/compose/orsay.yaml")).contains("from: http://paris:8080/paris/sky");
    }

    @Test
    void whatRunsIsTheProgram() throws IOException {
        String service = text("packaging/hipsnode.service");
        assertThat(service).contains("RestartPreventExitStatus=" + ExitCode.USAGE);
        String command = found("^ExecStart=/opt/hipsnode/hipsnode (\\w+)", service);
        assertThat(found("^CMD \\[\"(\\w+)\"", text("Dockerfile"))).isEqualTo(command);
        assertThat(HipsnodeCommand.line(Terminal.ofProcess()).getSubcommands()).containsKey(command);
    }

    @Test
    void baseImagesHaveTags() throws IOException {
        assertThat(text("Dockerfile").lines().filter(line -> line.startsWith("FROM ")))
                .hasSizeGreaterThan(2)
                .allMatch(line -> line.matches("FROM (debian:\\w+-slim|build|runtime) AS \\w+"));
    }
}
