package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hipsnode.node.demo.DemoSky;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that serves, and keeps a mirror of another node while it does. */
class NodeIT {
    @TempDir
    private Path folder;

    private void generate(String title, String date) throws IOException {
        Program.Ended made = Program.run(
                "generate",
                folder.resolve("map.fits"),
                "--out",
                folder.resolve("far/sky"),
                "--map-frame",
                "equatorial",
                "--id",
                "ivo://hipsnode.test/P/sky",
                "--title",
                title,
                "--tile-width",
                "64",
                "--formats",
                "png",
                "--release-date",
                date,
                "--quiet");
        assertThat(made.code()).as(made.toString()).isZero();
    }

    @Test
    void aMirrorIsKeptAndAFailureIsTold() throws IOException {
        DemoSky.write(folder.resolve("map.fits"), new Progress(System::nanoTime));
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

                generate("The second sky", "2026-02-01T00:00Z");
                waitUntilServed(served, "The second sky");
                String history = Files.readString(folder.resolve("near/.history/mirrors.jsonl"));
                assertThat(history).contains("\"mirror\":\"lost\"").contains("\"result\":\"published\"");
                assertThat(new String(Program.fetch(near.firstLine() + "hipslist"), StandardCharsets.UTF_8))
                        .contains("public mirror");
                assertThat(new String(Program.fetch(near.firstLine() + "api/mirrors"), StandardCharsets.UTF_8))
                        .contains("\"count\" : 1")
                        .contains("\"origin\" : \"" + address + "sky\"")
                        .contains("\"origin_release_date\" : \"2026-02-01T00:00Z\"");
            }
        }
    }

    private static void waitUntilServed(String url, String title) throws IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        String last = "";
        while (System.nanoTime() < end) {
            try {
                last = new String(Program.fetch(url), StandardCharsets.UTF_8);
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
