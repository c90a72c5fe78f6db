package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hipsnode.SharedData;
import org.junit.jupiter.api.Test;

/** Lint on everything that other people made. */
class RealSurveysIT {

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
}
