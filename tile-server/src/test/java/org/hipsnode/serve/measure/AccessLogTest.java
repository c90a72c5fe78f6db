package org.hipsnode.serve.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    private static final Pattern COMBINED =
            Pattern.compile("\\S+ - - \\[[^]]+\\] \"[ -!#-~]*\" \\d{3} \\d+ \"[ -!#-~]*\" \"[ -!#-~]*\"");

    private static List<String> lines(Path file, String... agents) throws IOException {
        try (AccessLog log = AccessLog.open(file)) {
            LogBuffer buffer = log.buffer();
            buffer.tick("01/Jan/2026:00:00:00 +0000");
            for (String agent : agents) {
                buffer.add("127.0.0.1", "GET", "/a/properties", "HTTP/1.1", 200, 1234, null, agent);
            }
            buffer.flush();
        }
        return Files.readAllLines(file);
    }

    @Test
    void writesTheCombinedFormat(@TempDir Path folder) throws IOException {
        assertThat(lines(folder.resolve("log"), "Aladin"))
                .containsExactly("127.0.0.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /a/properties HTTP/1.1\" 200 1234"
                        + " \"-\" \"Aladin\"");
    }

    @Test
    void addsToWhatIsThere(@TempDir Path folder) throws IOException {
        lines(folder.resolve("log"), "first");
        assertThat(lines(folder.resolve("log"), "second")).hasSize(2);
    }

    @Test
    void beginsAFileAnewThatWasMovedAway(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("log");
        try (AccessLog log = AccessLog.open(file)) {
            LogBuffer buffer = log.buffer();
            Files.move(file, folder.resolve("log.1"));
            buffer.add("127.0.0.1", "GET", "/", "HTTP/1.1", 200, 1, null, null);
            buffer.flush();
        }
        assertThat(folder.resolve("log")).content().contains("GET / HTTP/1.1");
        assertThat(folder.resolve("log.1")).isEmptyFile();
    }

    @Property(tries = 200)
    void nobodyCanEndALineOrAField(@ForAll String agent) throws IOException {
        Path folder = Files.createTempDirectory("hipsnode-log");
        Path file = folder.resolve("log");
        assertThat(lines(file, agent)).singleElement().asString().matches(COMBINED);
        Files.delete(file);
        Files.delete(folder);
    }
}
