package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hipsnode.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard and the alerts ask for, a node that serves, mirrors, audits, takes pushes and pushes itself tells. */
class MonitoringIT {
    @TempDir
    private Path folder;

    @Test
    void everyMetricOfTheDashboardAndTheAlertsIsThere() throws IOException {
        MadeSky.generate(folder, folder.resolve("data/sky"), "--tile-width", "512", "--formats", "png");
        int port = Ports.free();
        Program.Ended added = Program.run("credential", "add", "self", "--file", folder.resolve("credentials.yaml"));
        Files.writeString(folder.resolve("token"), added.out());
        // a node that is its own partner: what it would push is a copy that may go nowhere, so nothing is sent
        Path yaml = Files.writeString(folder.resolve("node.yaml"), """
                data: data
                verify-every: 1 d
                mirrors: {copy: {from: 'http://127.0.0.1:%1$d/sky'}}
                pushes: {'http://127.0.0.1:%1$d': {credential-file: token, surveys: [copy]}}
                server:
                  port: %1$d
                  access-log: access.log
                  credentials: credentials.yaml
                  receive: {self: {surveys: [sky], quota: 1 GB}}
                """.formatted(port));
        Set<String> asked = asked();
        assertThat(asked).hasSizeGreaterThan(20);
        try (Program.Started node = Program.start(Program.command("run", yaml))) {
            String metrics = node.firstLine() + "metrics";
            for (String metric : asked) {
                // of a histogram the buckets have no line of their own
                Program.fetchUntil(metrics, "# TYPE " + metric.replaceFirst("_bucket$", "") + " ");
            }
        }
    }

    private static Set<String> asked() throws IOException {
        Path monitoring = SharedData.project().resolve("packaging/monitoring");
        String text = Files.readString(monitoring.resolve("alerts.yml"))
                + Files.readString(monitoring.resolve("grafana.json"));
        return Pattern.compile("\\b(hipsnode|jvm|process|system)_[a-z0-9_]+")
                .matcher(text)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
