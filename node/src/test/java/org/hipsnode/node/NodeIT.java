package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that serves, and keeps a mirror of another node while it does. */
class NodeIT {
    @TempDir
    private Path folder;

    private void generate(String title, String date) throws IOException {
        generate(title, date, folder.resolve("far/sky"));
    }

    private void generate(String title, String date, Path place) throws IOException {
        MadeSky.generate(
                folder, place, "--title", title, "--tile-width", "64", "--formats", "png", "--release-date", date);
    }

    @Test
    void aMirrorIsKeptAndAFailureIsTold() throws IOException {
        generate("The first sky", "2026-01-01T00:00Z");
        Path alert = folder.resolve("alert.txt");
        try (Program.Started far = Program.serve(folder.resolve("far"))) {
            String address = far.firstLine();
            Path config = Files.writeString(
                    folder.resolve("node.yaml"),
                    String.join(
                            "\n",
                            "data: near",
                            "contact: operator@node.example",
                            "on-failure: [sh, -c, 'echo $HIPSNODE_MIRROR $HIPSNODE_RESULT >> " + alert + "']",
                            "mirrors:",
                            "  lost: {from: '" + address + "none', every: 1 h}",
                            "  copies/sky: {from: '" + address + "sky', every: 10 s}",
                            "server: {port: 0}"));
            try (Program.Started near = Program.start(Program.command("run", config))) {
                String served = near.firstLine() + "copies/sky/properties";
                near.waitFor(near.err(), "mirror copies/sky: published");
                waitUntilServed(served, "The first sky");
                assertThat(Files.readString(alert)).isEqualTo("lost failed\n");
                assertThat(text(near.firstLine() + "metrics"))
                        .contains("hipsnode_mirror_runs_total{mirror=\"lost\",result=\"failed\"} 1")
                        .contains("hipsnode_mirror_failing{mirror=\"lost\"} 1")
                        .contains("hipsnode_mirror_failing{mirror=\"copies/sky\"} 0")
                        .contains("hipsnode_mirror_bytes{mirror=\"copies/sky\"}");

                generate("The second sky", "2026-02-01T00:00Z");
                waitUntilServed(served, "The second sky");
                Program.Ended status = Program.run("status", config);
                assertThat(status.code()).as(status.toString()).isEqualTo(3);
                assertThat(status.out()).contains("mirror    lost: failed").contains("mirror    copies/sky: published");
                assertThat(new String(Program.fetch(near.firstLine() + "hipslist"), StandardCharsets.UTF_8))
                        .contains("public mirror");
                assertThat(new String(Program.fetch(near.firstLine() + "api/mirrors"), StandardCharsets.UTF_8))
                        .contains("\"count\" : 2")
                        .contains("\"health\" : \"failing\"")
                        .contains("\"health\" : \"ok\"")
                        .contains("\"lag_seconds\" : 0")
                        .contains("\"origin\" : \"" + address + "sky\"")
                        .contains("\"origin_release_date\" : \"2026-02-01T00:00Z\"");

                assertThat(text(near.firstLine())).contains("The second sky").doesNotContain("brought up to date");
                Files.move(folder.resolve("far/sky"), folder.resolve("gone"));
                waitUntilServed(near.firstLine(), "Mirror could not be brought up to date since 20");
                assertThat(text(served)).contains("The second sky");
            }
        }
    }

    /** Makes a credential in a file of a node; returns its token. */
    private String credential(String file, String name, String survey) throws IOException {
        Program.Ended made = Program.run("credential", "add", name, "--file", folder.resolve(file), "--survey", survey);
        assertThat(made.code()).as(made.toString()).isZero();
        return made.out().strip();
    }

    /** Makes a release of a private survey and puts it in its place at once, as nobody may see it before. */
    private void publishPrivately(String title, String date) throws IOException {
        Path release = folder.resolve("release");
        generate(title, date, release);
        Path properties = release.resolve("properties");
        Files.writeString(
                properties,
                Files.readString(properties).replaceAll("(?m)^(hips_status *= *).*$", "$1private master clonable"));
        Program.Ended cleared = Program.run(
                List.of("rm", "-r", release.resolve(".hipsnode").toString())); // the manifest is of the list before
        assertThat(cleared.code()).as(cleared.toString()).isZero();
        Program.Ended listed = Program.run("verify", release, "--make");
        assertThat(listed.code()).as(listed.toString()).isZero();
        Path place = folder.resolve("far/sky");
        if (Files.exists(place)) {
            Files.move(place, folder.resolve("before"));
        }
        Files.createDirectories(place.getParent());
        Files.move(release, place);
    }

    @Test
    void aPartnerTellsAndThePrivateCopyFollowsAtOnce() throws IOException {
        publishPrivately("The first sky", "2026-01-01T00:00Z");
        String pull = credential("far-credentials.yaml", "near", "sky");
        Files.writeString(folder.resolve("pull.secret"), pull);
        String tell = credential("near-credentials.yaml", "far", "copies/*");
        Files.writeString(folder.resolve("tell.secret"), tell);
        int nearPort = Ports.free();
        Path farConfig = Files.writeString(
                folder.resolve("far.yaml"),
                String.join(
                        "\n",
                        "data: far",
                        "notify: {'http://127.0.0.1:" + nearPort + "': {credential-file: tell.secret, surveys: sky}}",
                        "server: {port: 0, credentials: far-credentials.yaml}"));
        try (Program.Started far = Program.start(Program.command("run", farConfig))) {
            String address = far.firstLine();
            Path nearConfig = Files.writeString(
                    folder.resolve("near.yaml"),
                    String.join(
                            "\n",
                            "data: near",
                            "mirroring: {at-once: 2, limit-rate: 50 MB}",
                            "mirrors:",
                            "  copies/sky:",
                            "    from: '" + address + "sky'",
                            "    every: 1 d",
                            "    credential-file: pull.secret",
                            "    notified-by: far",
                            "  asleep: {from: 'http://127.0.0.2:9/sky', hours: '" + anHourAway() + "'}",
                            "server: {port: " + nearPort + ", credentials: near-credentials.yaml}"));
            try (Program.Started near = Program.start(Program.command("run", nearConfig))) {
                String node = near.firstLine();
                near.waitFor(near.err(), "mirror copies/sky: published");
                waitUntilServed(node + "copies/sky/properties", "The first sky", tell);
                refusesStrangers(node, tell, pull);

                publishPrivately("The second sky", "2026-02-01T00:00Z");
                waitUntilServed(node + "copies/sky/properties", "The second sky", tell);
                assertThat(text(node + "api/mirrors"))
                        .contains("\"path\" : \"asleep\"")
                        .contains("\"health\" : \"new\"")
                        .doesNotContain("copies/sky");
                assertThat(text(node + "metrics"))
                        .contains("hipsnode_mirror_runs_total{mirror=\"(private, no. 1)\",result=\"published\"}")
                        .doesNotContain("copies/sky");
                String all = Files.readString(near.err())
                        + Files.readString(far.err())
                        + Files.readString(folder.resolve("near/.history/node.db"), StandardCharsets.ISO_8859_1);
                assertThat(all).doesNotContain(tell).doesNotContain(pull).doesNotContain("mirror asleep");
            }
        }
    }

    private static void refusesStrangers(String node, String tell, String pull) throws IOException {
        String news = "{\"path\": \"sky\"}";
        assertThat(notify(node, "", news)).isEqualTo(401);
        assertThat(notify(node, pull, news)).isEqualTo(403);
        assertThat(notify(node, tell, "{\"path\": \"asleep\"}")).isEqualTo(404);
        assertThat(notify(node, tell, "sky")).isEqualTo(400);
        assertThat(notify(node, tell, " ".repeat(5000))).isEqualTo(413);
    }

    private static int notify(String node, String token, String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(node + "api/notify").toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        if (!token.isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return connection.getResponseCode();
    }

    /** Returns hours in which this test does not run. */
    private static String anHourAway() {
        LocalTime from = LocalTime.now(ZoneOffset.UTC).plusHours(6).truncatedTo(ChronoUnit.MINUTES);
        return from + "-" + from.plusMinutes(30);
    }

    private static String text(String url) throws IOException {
        return new String(Program.fetch(url), StandardCharsets.UTF_8);
    }

    private static void waitUntilServed(String url, String title) throws IOException {
        waitUntilServed(url, title, "");
    }

    private static String fetch(String url, String token) throws IOException {
        URLConnection connection = URI.create(url).toURL().openConnection();
        if (!token.isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void waitUntilServed(String url, String title, String token) throws IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        String last = "";
        while (System.nanoTime() < end) {
            try {
                last = fetch(url, token);
            } catch (IOException e) {
                last = e.toString();
            }
            if (last.contains(title)) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        throw new IOException("never served '" + title + "': " + last);
    }
}
