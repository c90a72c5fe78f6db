package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipsnode.SharedData;
import org.hipsnode.node.demo.DemoSky;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Programs with which partners copy surveys, run as docs/operating.md says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsIT {
    private static final String TILE = "sky/Norder3/Dir0/Npix5.fits";

    private Path folder;
    private Path survey;
    private Program.Started node;
    private String address;

    @BeforeAll
    void serve(@TempDir Path temporary) throws IOException {
        folder = temporary;
        survey = folder.resolve("data/sky");
        DemoSky.write(folder.resolve("map.fits"), new Progress(System::nanoTime));
        generate(survey, "2026-01-01T00:00Z");
        node = Program.serve(folder.resolve("data"));
        address = node.firstLine();
    }

    @AfterAll
    void stop() throws IOException {
        node.close();
    }

    private void generate(Path out, String date) throws IOException {
        Program.Ended ended = Program.run(
                "generate",
                folder.resolve("map.fits"),
                "--out",
                out,
                "--map-frame",
                "equatorial",
                "--id",
                "ivo://hipsnode.test/P/sky",
                "--title",
                "A sky to copy",
                "--formats",
                "png,fits,jpeg",
                "--release-date",
                date,
                "--quiet");
        assertThat(ended.code()).as(ended.toString()).isZero();
    }

    /** Runs what the operators' page prints for a program, with this survey's address and a new folder. */
    private Program.Ended asPrinted(Path copy, String... programs) throws IOException {
        String page = Files.readString(SharedData.project().resolve("docs/operating.md"));
        String section = page.substring(page.indexOf("## For partners who copy"));
        String script = "set -eu; cd '" + folder + "'; url=" + address + "sky copy='" + copy + "'\n"
                + Stream.of(programs).map(program -> block(section, program)).collect(Collectors.joining());
        return Program.run(List.of("timeout", "120", "sh", "-c", script));
    }

    private static String block(String section, String program) {
        Matcher blocks = Pattern.compile("(?s)```sh\\n(.*?)```").matcher(section);
        return blocks.results()
                .map(found -> found.group(1))
                .filter(text -> text.contains(program + " "))
                .findFirst()
                .orElseThrow();
    }

    /** All files of a tree, but the manifest itself, which a copy makes anew. */
    private static NavigableMap<String, String> files(Path tree) throws IOException {
        NavigableMap<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(tree)) {
            for (Path file : walk.filter(Files::isRegularFile).collect(Collectors.toList())) {
                String name = tree.relativize(file).toString();
                if (!name.startsWith(".hipsnode/manifest")) {
                    files.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    private static List<String> differing(NavigableMap<String, String> expected, NavigableMap<String, String> found) {
        return expected.entrySet().stream()
                .filter(file -> !file.getValue().equals(found.get(file.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }

    private static void sameFiles(Path copy, Path origin) throws IOException {
        NavigableMap<String, String> expected = files(origin);
        NavigableMap<String, String> found = files(copy);
        assertThat(expected).hasSizeGreaterThan(3000);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        assertThat(differing(expected, found)).isEmpty();
    }

    /** Returns how many requests were answered with a status so far. */
    private long answered(int status) throws IOException {
        return new String(Program.fetch(address + "metrics"), StandardCharsets.UTF_8)
                .lines()
                .filter(line ->
                        line.startsWith("hipsnode_requests_total") && line.contains("status=\"" + status + "\""))
                .filter(line -> !line.contains("kind=\"node\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void rcloneCopiesASurveyAndFindsNothingToDoAgain() throws IOException {
        Program.require("rclone");
        Path copy = folder.resolve("by-rclone");
        Program.Ended first = asPrinted(copy, "awk", "--files-from names");
        assertThat(first.code()).as(first.toString()).isZero();
        sameFiles(copy, survey);
        Program.Ended again = asPrinted(copy, "awk", "--files-from names");
        assertThat(again.err()).contains("There was nothing to transfer");
        contentIsEqual(copy);
    }

    @Test
    void rcloneFindsAllFilesByItself() throws IOException {
        Program.require("rclone");
        Path copy = folder.resolve("by-rclone-links");
        Program.Ended ended = Program.run(
                List.of("timeout", "200", "rclone", "copy", "--http-url", address + "sky", ":http:", copy.toString()));
        assertThat(ended.code()).as(ended.toString()).isZero();
        sameFiles(copy, survey);
        isProven(copy);
    }

    @Test
    void wget2FindsAllFilesByItself() throws IOException {
        Program.require("wget2");
        Path copy = folder.resolve("by-wget2-links");
        Program.Ended ended = asPrinted(copy, "wget2 -q -r");
        assertThat(ended.code()).as(ended.toString()).isZero();
        sameFiles(copy, survey);
        isProven(copy);
    }

    @Test
    void theListOfNamesIsWhatRcloneTakes() throws IOException {
        Program.require("rclone");
        Path copy = folder.resolve("by-rclone-names");
        Program.Ended ended = asPrinted(copy, "curl -fsS \"$url/files.txt\"", "--files-from names");
        assertThat(ended.code()).as(ended.toString()).isZero();
        sameFiles(copy, survey);
        isProven(copy);
    }

    private static void isProven(Path copy) throws IOException {
        Program.Ended ended = Program.run("verify", copy);
        assertThat(ended.code()).as(ended.toString()).isZero();
    }

    private void contentIsEqual(Path copy) throws IOException {
        Program.Ended made = Program.run("verify", copy, "--make", "--json");
        assertThat(made.code()).as(made.toString()).isZero();
        assertThat(content(copy)).isEqualTo(content(survey));
    }

    private static String content(Path tree) throws IOException {
        Matcher content = Pattern.compile("\"content\" ?: ?\"([0-9a-f]{32})\"")
                .matcher(Files.readString(tree.resolve(".hipsnode/manifest.json")));
        assertThat(content.find()).isTrue();
        return content.group(1);
    }

    @Test
    void wget2CopiesASurveyAndIsAnsweredOnlyThatNothingChanged() throws IOException {
        Program.require("wget2");
        Path copy = folder.resolve("by-wget2");
        asPrinted(copy, "awk", "wget2 -q -N");
        sameFiles(copy, survey);
        long whole = answered(200);
        long unchanged = answered(304);
        asPrinted(copy, "awk", "wget2 -q -N");
        assertThat(answered(200) - whole)
                .as("the recipe's own look at properties")
                .isEqualTo(1);
        assertThat(answered(304) - unchanged).isEqualTo(files(survey).size());
    }

    @Test
    void curlAsksInParallelAndKeepsItsEtags() throws IOException {
        Path copy = folder.resolve("by-curl");
        Path list = Files.writeString(folder.resolve("curl.conf"), transfers(copy));
        List<String> command = List.of("curl", "-sS", "--parallel", "--no-progress-meter", "-K", list.toString());
        assertThat(Program.run(command).out().lines().distinct()).containsExactly("200");
        sameFiles(copy, survey);
        assertThat(Program.run(command).out().lines().distinct()).containsExactly("304");
        sameFiles(copy, survey);
    }

    private String transfers(Path copy) throws IOException {
        List<String> transfers = new ArrayList<>();
        for (String name : files(survey).keySet()) {
            Path etag = folder.resolve("etags").resolve(name);
            Files.createDirectories(etag.getParent());
            transfers.add("url = \"" + address + "sky/" + name + "\"\noutput = \"" + copy.resolve(name)
                    + "\"\netag-save = \"" + etag + "\"\netag-compare = \"" + etag
                    + "\"\ncreate-dirs\nfail\nwrite-out = \"%{http_code}\\n\"\n");
        }
        return String.join("next\n", transfers);
    }

    private Program.Ended curl(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--fail", "--max-time", "60"));
        command.addAll(Arrays.asList(options));
        return Program.run(command);
    }

    @Test
    void curlGoesOnWithAFileThatWasCutOff() throws IOException {
        byte[] tile = Files.readAllBytes(folder.resolve("data").resolve(TILE));
        Path cut = Files.write(folder.resolve("cut.fits"), Arrays.copyOf(tile, 5000));
        Program.Ended ended =
                curl("-C", "-", "-o", cut.toString(), "-w", "%{http_code} %{size_download}", address + TILE);
        assertThat(ended.out()).isEqualTo("206 " + (tile.length - 5000));
        assertThat(cut).hasBinaryContent(tile);
        String head = curl("-I", address + TILE).out();
        assertThat(head).containsIgnoringCase("content-length: " + tile.length + "\r\n");
    }

    @Test
    void hipsgenMirrorsASurveyAndThenItsNextRelease() throws IOException {
        Hipsgen.require();
        Path copy = folder.resolve("by-hipsgen");
        Path released = folder.resolve("data/moving");
        generate(released, "2026-01-01T00:00Z");
        mirror(copy, released);
        NavigableMap<String, String> before = files(copy);
        NavigableMap<String, String> first = files(released);
        List.of("properties", ".hipsnode/provenance.json").forEach(first::remove);
        assertThat(differing(first, before)).as("a first copy is exact").isEmpty();
        changeTheMap();
        generate(released, "2026-02-01T00:00Z");
        waitForRelease("2026-02-01T00:00Z");
        mirror(copy, released);
        assertThat(files(copy).get("Norder3/Dir0/Npix5.fits")).isNotEqualTo(before.get("Norder3/Dir0/Npix5.fits"));
    }

    private void mirror(Path copy, Path origin) throws IOException {
        waitForRelease(line(origin, "hips_release_date").replaceAll(".*= *", ""));
        String report = Hipsgen.run("in=" + address + "moving", "out=" + copy, "MIRROR");
        assertThat(report).contains("THE END").doesNotContain("*ERROR", "ABORT");
        String codes = line(origin, "hips_check_code");
        assertThat(line(copy, "hips_check_code")).isEqualTo(codes);
        assertThat(Hipsgen.run("out=" + copy, "CHECKDATASUM"))
                .contains("THE END")
                .doesNotContain("*ERROR", "ABORT", "corrupted tile");
        hasTheData(copy, origin);
    }

    /**
     * Its properties are its own, and it knows nothing of our manifest. Over a file that has become smaller it writes without
     * cutting off the old end, so after an update a picture only begins as it should; FITS tiles are all of one size.
     */
    private static void hasTheData(Path copy, Path origin) throws IOException {
        NavigableMap<String, String> expected = files(origin);
        NavigableMap<String, String> found = files(copy);
        List.of("properties", ".hipsnode/provenance.json").forEach(expected::remove);
        assertThat(found.keySet()).containsAll(expected.keySet());
        assertThat(expected.entrySet().stream().filter(file -> !isCopied(file.getKey(), file.getValue(), found)))
                .isEmpty();
    }

    private static boolean isCopied(String name, String bytes, NavigableMap<String, String> found) {
        String copied = found.getOrDefault(name, "");
        return name.endsWith(".fits") ? copied.equals(bytes) : copied.startsWith(bytes);
    }

    private static String line(Path tree, String key) throws IOException {
        return Files.readString(tree.resolve("properties"))
                .lines()
                .filter(l -> l.startsWith(key))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\s+", " ");
    }

    /** Makes other values of the map, of which none is blank: all exponents one higher or lower. */
    private void changeTheMap() throws IOException {
        Path map = folder.resolve("map.fits");
        byte[] bytes = Files.readAllBytes(map);
        for (int i = 5760; i + 4 <= bytes.length; i += 4) {
            bytes[i + 1] ^= 1;
        }
        Files.write(map, bytes);
    }

    private void waitForRelease(String date) throws IOException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!curl(address + "moving/properties").out().contains(date)) {
            assertThat(System.nanoTime()).as("release " + date + " is served").isLessThan(end);
        }
    }

    @Test
    void hipsgenLintFindsNoErrorOverHttp() throws IOException {
        String report = Hipsgen.run("out=" + address + "sky", "LINT");
        assertThat(report).contains("THE END").doesNotContain("*ERROR", "ABORT");
    }

    @Test
    void everyVersionOfHttpGivesTheSameBytes() throws IOException {
        sameBytes(address, "--http1.1", "1.1");
        sameBytes(address, "--http2", "2");
        sameBytes(address, "--http2-prior-knowledge", "2");
    }

    @Test
    void tlsGivesTheSameBytesInBothVersions() throws IOException {
        Program.require("openssl");
        SelfSigned.make(folder);
        Path yaml = Files.writeString(folder.resolve("tls.yaml"), """
                data: data
                server:
                  tls:
                    certificate: chain.pem
                    key: key.pem
                """);
        try (Program.Started secure = Program.start(Program.command("serve", yaml, "--port", "0"))) {
            String secureAddress = secure.firstLine();
            assertThat(secureAddress).startsWith("https://");
            sameBytes(secureAddress, "--http2", "2");
            sameBytes(secureAddress, "--http1.1", "1.1");
        }
    }

    /** Without Netty's native libraries the JDK's own sockets and TLS do the same; large files leave by another way there. */
    @Test
    void theJdksOwnSocketsAndTlsGiveTheSameBytes() throws IOException {
        Program.require("openssl");
        SelfSigned.make(folder);
        Path yaml = Files.writeString(folder.resolve("plain.yaml"), "data: data\nserver:\n  cache: 1 MiB\n");
        Path tls = Files.writeString(folder.resolve("jdk.yaml"), Files.readString(yaml) + """
                  tls:
                    certificate: chain.pem
                    key: key.pem
                """);
        for (Path config : List.of(yaml, tls)) {
            List<String> command = new ArrayList<>(List.of(
                    "env",
                    "JAVA_TOOL_OPTIONS=-Dio.netty.transport.noNative=true -Dio.netty.handler.ssl.noOpenSsl=true"));
            command.addAll(Program.command("serve", config, "--port", "0"));
            try (Program.Started server = Program.start(command)) {
                String root = server.firstLine();
                for (int again = 0; again < 3; again++) { // opened, then at hand
                    sameBytes(root, "--http1.1", "1.1");
                    sameBytes(root, config.equals(tls) ? "--http2" : "--http2-prior-knowledge", "2");
                }
                String missing = curl(
                                "-k", "-o", "/dev/null", "-w", "%{http_code}", root + "sky/Norder3/Dir0/Npix768.png")
                        .out();
                assertThat(missing).isEqualTo("404");
                assertThat(Files.readString(Path.of("/proc/" + server.process().pid() + "/maps")))
                        .as("libraries that were loaded")
                        .contains("libnio")
                        .doesNotContain("netty_transport_native", "netty_tcnative");
            }
        }
    }

    /** As logrotate does: rename, then SIGHUP. */
    @Test
    void theAccessLogIsRotated() throws IOException {
        Path log = folder.resolve("access.log");
        Path yaml = Files.writeString(folder.resolve("log.yaml"), "data: data\nserver:\n  access-log: access.log\n");
        try (Program.Started server = Program.start(Program.command("serve", yaml, "--port", "0"))) {
            String root = server.firstLine();
            Program.fetch(root + TILE);
            waitForLines(log, 1);
            Files.move(log, folder.resolve("access.log.1"));
            assertThat(Program.run(List.of(
                                    "sh", "-c", "kill -HUP " + server.process().pid()))
                            .code())
                    .isZero();
            waitForLines(log, 0);
            Program.fetch(root + TILE);
            waitForLines(log, 1);
            assertThat(Files.readAllLines(folder.resolve("access.log.1"))).hasSize(1);
        }
    }

    private static void waitForLines(Path log, int lines) throws IOException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!Files.exists(log) || Files.readAllLines(log).size() != lines) {
            assertThat(System.nanoTime()).as(lines + " lines in " + log).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void sameBytes(String server, String version, String spoken) throws IOException {
        Path got = folder.resolve("got");
        List<String> options = new ArrayList<>(List.of(version, "-o", got.toString(), "-w", "%{http_version}"));
        if (server.startsWith("https")) {
            options.addAll(List.of("--cacert", folder.resolve("chain.pem").toString()));
        }
        options.add(server + TILE);
        Program.Ended ended = curl(options.toArray(String[]::new));
        assertThat(ended.out()).as(version + " " + ended).isEqualTo(spoken);
        assertThat(got)
                .hasBinaryContent(Files.readAllBytes(folder.resolve("data").resolve(TILE)));
    }
}
