package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hipsnode.SharedData;
import org.hipsnode.faults.SmallSurvey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other people made: all of it is looked over, some of it is pushed. */
class RealSurveysIT {
    @TempDir
    private Path folder;

    @Test
    void lintHasFindingsAndNeverFailsOnAnyRealTreeOrFile() throws IOException {
        List<Path> targets = new ArrayList<>();
        try (Stream<Path> trees = Files.walk(SharedData.require("hips"));
                Stream<Path> files = Files.walk(SharedData.require("properties"));
                Stream<Path> lists = Files.walk(SharedData.require("hipslist"))) {
            trees.filter(p -> p.endsWith("properties")).map(Path::getParent).forEach(targets::add);
            files.filter(Files::isRegularFile).forEach(targets::add);
            lists.filter(Files::isRegularFile).forEach(targets::add);
        }
        assertThat(targets).hasSizeGreaterThan(40);
        List<Object> arguments = new ArrayList<>(List.of("lint"));
        arguments.addAll(targets);
        Program.Ended ended = Program.run(arguments.toArray());
        assertThat(ended.code()).as(ended.err()).isEqualTo(4);
        assertThat(ended.err().lines())
                .hasSize(targets.size())
                .allMatch(line -> line.matches(".*: \\d+ errors, \\d+ warnings, \\d+ notes"));
        assertThat(ended.out()).doesNotContain("Exception");
    }

    @Test
    void excerptsOfRealSurveysArePushedToAnotherNode() throws IOException {
        Path real = SharedData.require("hips/hips-extra");
        Path data = Files.createDirectories(folder.resolve("data"));
        Program.Ended added = Program.run("credential", "add", "idoc", "--file", folder.resolve("credentials.yaml"));
        Path credential = Files.writeString(folder.resolve("credential"), added.out());
        Path yaml = Files.writeString(folder.resolve("node.yaml"), """
                data: data
                server:
                  credentials: credentials.yaml
                  receive:
                    idoc: {surveys: [real/*], quota: 1 GB}
                """);
        try (Program.Started node = Program.start(Program.command("serve", yaml, "--port", "0"))) {
            for (String name : List.of("Planck-HFI143", "2MASS6XH")) {
                Path ours = folder.resolve("ours").resolve(name);
                done(List.of(
                        "cp", "-r", "--no-preserve=mode", real.resolve(name).toString(), parent(ours)));
                done(Program.command("verify", ours, "--make", "--quiet"));
                done(Program.command(
                        "push", ours, node.firstLine() + "real/" + name, "--credential", credential, "--quiet"));
                Path there = data.resolve("real").resolve(name);
                done(Program.command("verify", there, "--quiet"));
                assertThat(SmallSurvey.files(there)).isEqualTo(SmallSurvey.files(ours));
            }
        }
    }

    private static String parent(Path folder) throws IOException {
        return Files.createDirectories(folder.resolveSibling(".").normalize()).toString();
    }

    private static void done(List<String> command) throws IOException {
        Program.Ended ended = Program.run(command);
        assertThat(ended.code()).as(ended.toString()).isZero();
    }
}
