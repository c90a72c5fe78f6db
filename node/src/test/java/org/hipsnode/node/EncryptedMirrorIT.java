package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mirrors made over TLS, which choose HTTP/2 where the server has it, of nginx and of a node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedMirrorIT {
    /** After so many requests nginx ends a connection, whatever is on its way. */
    private static final int KEPT = 50;

    private Path folder;
    private Path survey;
    private String trusted;

    @BeforeAll
    void make(@TempDir Path temporary) throws IOException {
        Program.require("openssl");
        folder = temporary;
        survey = folder.resolve("data/sky");
        MadeSky.generate(folder, survey, "--title", "A sky to mirror", "--tile-width", "64", "--formats", "png");
        SelfSigned.make(folder);
        trusted = SelfSigned.trusted(folder);
    }

    private void mirror(String url, Path copy) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", trusted));
        command.addAll(Program.command("mirror", url, "--to", copy, "--quiet"));
        Program.Ended ended = Program.run(command);
        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(files(copy).equals(files(survey)))
                .as("files of %s and of its copy are the same", survey)
                .isTrue();
    }

    /** All files but the list and what is our own. */
    private static Map<String, String> files(Path tree) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                String name = tree.relativize(file).toString();
                if (!name.startsWith(".hipsnode/") && !name.equals("properties")) {
                    files.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    @ParameterizedTest
    @CsvSource({"ssl http2,HTTP/2.0", "ssl,HTTP/1.1"})
    void aPlainServersSurveyIsMirroredByTheVersionThatItHas(String listen, String version) throws IOException {
        Program.require("nginx");
        String more = """
                ssl_certificate %1$s/chain.pem; ssl_certificate_key %1$s/key.pem; keepalive_requests %2$d;
                access_log %1$s/access-%3$d.log tile;
                """.formatted(folder, KEPT, listen.length());
        try (Nginx nginx = Nginx.of(folder.resolve("data"), folder, listen, more)) {
            mirror("https://127.0.0.1:" + nginx.port() + "/sky", folder.resolve("copies" + listen.length() + "/sky"));
        }
        List<String> tiles = Files.readAllLines(folder.resolve("access-" + listen.length() + ".log")).stream()
                .filter(line -> line.contains("/Dir"))
                .toList();
        assertThat(tiles).hasSizeGreaterThan(500).allMatch(line -> line.startsWith(version));
        long connections =
                tiles.stream().map(line -> line.split(" ")[1]).distinct().count();
        assertThat(connections).isGreaterThanOrEqualTo(tiles.size() / KEPT);
        if (version.equals("HTTP/2.0")) {
            assertThat(connections).isLessThanOrEqualTo(tiles.size() / KEPT + 2);
        }
    }

    @Test
    void aNodesSurveyIsMirroredByHttp2() throws IOException {
        Path yaml = Files.writeString(folder.resolve("node.yaml"), """
                data: data
                server:
                  access-log: access.log
                  tls:
                    certificate: chain.pem
                    key: key.pem
                """);
        try (Program.Started node = Program.start(Program.command("serve", yaml, "--port", "0"))) {
            String address = node.firstLine().replace("localhost", "127.0.0.1");
            mirror(address + "sky", folder.resolve("copies/sky"));
        }
        assertThat(Files.readAllLines(folder.resolve("access.log")))
                .filteredOn(line -> line.contains("/Dir"))
                .hasSizeGreaterThan(500)
                .allMatch(line -> line.contains(" HTTP/2"));
    }
}
