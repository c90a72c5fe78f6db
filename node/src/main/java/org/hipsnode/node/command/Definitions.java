package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hipsnode.config.ConfigException;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.survey.SurveyDefinition;

/** Definitions that are looked over. */
final class Definitions {
    private Definitions() {}

    /** Returns the definition of that name, or those of a folder that is no survey; none if it is something else. */
    static List<Path> of(String target) throws IOException {
        Path path;
        try {
            path = Path.of(target);
        } catch (InvalidPathException e) {
            return List.of();
        }
        if (!Files.isDirectory(path)) {
            return isYaml(path) && Files.exists(path) ? List.of(path) : List.of();
        }
        if (Files.exists(path.resolve("properties"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Definitions::isYaml).sorted().toList();
        }
    }

    private static boolean isYaml(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).matches("(?s).*\\.ya?ml");
    }

    /** Reads all, tells what is wrong with file, line and key, and returns how many are wrong. */
    static int check(List<Path> files, Terminal terminal, boolean quiet) throws IOException {
        int wrong = 0;
        for (Path file : files) {
            try {
                SurveyDefinition.read(file);
            } catch (ConfigException e) {
                wrong++;
                terminal.results().println("error: " + e.getMessage());
            }
        }
        if (!quiet) {
            terminal.messages().printf("%d definitions, %d wrong%n", files.size(), wrong);
        }
        return wrong;
    }
}
