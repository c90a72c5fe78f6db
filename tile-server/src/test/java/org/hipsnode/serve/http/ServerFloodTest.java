package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Many connections, and many names: bounded, and a good client is served all the while. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerFloodTest {
    private static final String TILE = "/s/Norder3/Dir0/Npix5.png";
    private static final int IDLE = 10_000;

    /** Files that this process needs besides the connections. */
    private static final int OTHER_FILES = 2_000;

    private static final int NAMES = 100_000;
    private static final int AT_ONCE = 100;
    private static final int MOST_GROWTH = 12 << 20;

    private ServerFixture server;
    private GoodClient good;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        ServerFixture.survey(
                data.resolve("s"), "creator_did = ivo://t/P/s\nhips_order = 3\n", "Norder3/Dir0/Npix5.png", "tile");
        ServingOptions few = ServingOptions.defaults().with(Optional.empty(), Optional.of(500), Optional.empty());
        server = ServerFixture.serving(data, few.withRequestsPerConnection(Integer.MAX_VALUE));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void askMeanwhile() {
        good = new GoodClient(server, TILE, "tile".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void othersWereServed() {
        good.close();
    }

    @Test
    void tenThousandWhoSayNothingDisturbNobody(TestReporter report) throws Exception {
        int many = (int) Math.min(IDLE, Descriptors.limit() - OTHER_FILES);
        double before = connections();
        Process crowd = crowd(many);
        try (BufferedReader said = crowd.inputReader()) {
            assertThat(said.readLine()).isEqualTo(Integer.toString(many));
            report.publishEntry("idle connections held at once", Integer.toString(many));
            assertThat(connections()).isGreaterThanOrEqualTo(many / 2.0);
        } finally {
            crowd.destroyForcibly().waitFor();
        }
        assertThat(connectionsSoon(before + 2)).isLessThanOrEqualTo(before + 2);
    }

    private Process crowd(int many) throws IOException, URISyntaxException {
        Path classes = Path.of(IdleCrowd.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-cp",
                        classes.toString(),
                        IdleCrowd.class.getName(),
                        Integer.toString(server.port()),
                        TILE,
                        Integer.toString(many))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private double connectionsSoon(double most) throws Exception {
        double now = connections();
        for (int i = 0; i < 100 && now > most; i++) {
            Thread.sleep(100);
            now = connections();
        }
        return now;
    }

    private double connections() throws IOException {
        String metrics = new String(server.get("/metrics").body(), StandardCharsets.UTF_8);
        Matcher found = Pattern.compile("(?m)^hipsnode_connections (\\S+)$").matcher(metrics);
        assertThat(found.find()).isTrue();
        return Double.parseDouble(found.group(1));
    }

    @Test
    void aHundredThousandNamesThatAreNotThereTakeNoMemory(TestReporter report) throws IOException {
        ask("warm", NAMES / 2); // as many as the server may remember, and more
        long before = usedHeap();
        ask("cold", NAMES);
        long growth = usedHeap() - before;
        report.publishEntry("heap grown by", growth + " bytes");
        assertThat(growth).isLessThan(MOST_GROWTH);
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Asks for many names over one connection, some at once. */
    private void ask(String name, int many) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (int i = 0; i < many; i += AT_ONCE) {
                out.write(requests(name, i).getBytes(StandardCharsets.ISO_8859_1));
                awaitMissing(in, AT_ONCE);
            }
        }
    }

    private static String requests(String name, int first) {
        StringBuilder text = new StringBuilder();
        for (int i = first; i < first + AT_ONCE; i++) {
            text.append("GET /s/" + name + i + ".txt HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        return text.toString();
    }

    private static void awaitMissing(BufferedReader in, int many) throws IOException {
        int seen = 0;
        while (seen < many) {
            String line = in.readLine();
            assertThat(line).as("after " + seen + " answers").isNotNull();
            int at = line.indexOf("HTTP/1.1 ");
            if (at >= 0) {
                assertThat(line.substring(at)).startsWith("HTTP/1.1 404");
                seen++;
            }
        }
    }
}
