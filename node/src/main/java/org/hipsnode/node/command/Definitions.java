package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.hipsnode.check.DefinitionCheck;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.generate.render.Colormap;
import org.hipsnode.generate.render.ColourDisplay;
import org.hipsnode.generate.render.CutRule;
import org.hipsnode.generate.render.Stretch;
import org.hipsnode.io.JsonText;
import org.hipsnode.node.show.Terminal;

/** Definitions that are looked over. */
final class Definitions {
    private static final Map<String, DefinitionCheck.Rule> DISPLAY = Map.of(
            "cut", Definitions::cut,
            "stretch", word -> Stretch.ofWord(word).isPresent() ? "" : "linear, sqrt, asinh, log or pow",
            "colormap", name -> Colormap.names().contains(name) ? "" : "one of " + String.join(", ", Colormap.names()),
            "composition", word -> ColourDisplay.Composition.ofWord(word).isPresent() ? "" : "channels or lupton");

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

    /** Looks over all, tells what is wrong with file, line and key, and returns how many are wrong. */
    static int check(List<Path> files, Terminal terminal, CommonOptions common) throws IOException {
        int wrong = 0;
        int warnings = 0;
        for (Path file : files) {
            DefinitionCheck.Result result = DefinitionCheck.check(file, DISPLAY);
            wrong += result.errors().isEmpty() ? 0 : 1;
            warnings += result.warnings().size();
            print(file, Severity.ERROR, result.errors(), terminal, common.json);
            print(file, Severity.WARNING, result.warnings(), terminal, common.json);
        }
        if (!common.quiet) {
            terminal.messages().printf("%d definitions, %d wrong, %d warnings%n", files.size(), wrong, warnings);
        }
        return wrong;
    }

    private static void print(Path file, Severity severity, List<String> messages, Terminal terminal, boolean json) {
        for (String message : messages) {
            terminal.results()
                    .println(
                            json
                                    ? JsonText.line(
                                            Map.of("target", file.toString(), "severity", severity, "message", message))
                                    : severity.name().toLowerCase(Locale.ROOT) + ": " + message);
        }
    }

    private static String cut(String value) {
        return Arrays.stream(value.split("/", -1)).allMatch(part -> isRight(() -> CutRule.parse(part)))
                ? ""
                : "two values or percentiles, the smaller first, such as '-3 120' or '0.5% 99.5%'";
    }

    private static boolean isRight(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
