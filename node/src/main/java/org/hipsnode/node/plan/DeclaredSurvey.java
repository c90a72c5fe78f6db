package org.hipsnode.node.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.hipsnode.config.ConfigException;
import org.hipsnode.node.config.MadeSurveys;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.config.ScheduledMirror;
import org.hipsnode.serve.answer.Routes;
import org.hipsnode.store.FileName;

/**
 * A survey that a node makes.
 *
 * @param path beneath the data folder, and of its address
 * @param definition its file
 * @param folder of its releases
 * @param every how often it is looked whether its sources have changed
 * @param keep how many earlier releases are kept
 */
public record DeclaredSurvey(String path, Path definition, Path folder, Duration every, int keep) {

    /**
     * Returns the surveys that a configuration declares, with those of folders as they are now, sorted as they are declared.
     *
     * @throws ConfigException if two would have one path, or a folder is not there
     */
    public static List<DeclaredSurvey> of(NodeConfig config) throws IOException {
        List<DeclaredSurvey> found = new ArrayList<>();
        for (MadeSurveys.Entry entry : config.made().entries()) {
            if (!entry.folder()) {
                found.add(of(config, entry, entry.path(), entry.place()));
                continue;
            }
            for (Path definition : definitions(entry.place())) {
                String name = baseName(definition);
                String path = entry.path().isEmpty() ? name : entry.path() + "/" + name;
                if (!FileName.isValid(path) || Routes.RESERVED.contains(path)) {
                    throw new ConfigException("'" + definition + "': expected a name at which a survey can be served, "
                            + "found '" + path + "'; rename the file, or declare it by itself");
                }
                found.add(of(config, entry, path, definition));
            }
        }
        requireOneEach(found, config);
        return found;
    }

    private static DeclaredSurvey of(NodeConfig config, MadeSurveys.Entry entry, String path, Path definition) {
        return new DeclaredSurvey(
                path, definition, config.data().resolve(path).normalize(), entry.every(), entry.keep());
    }

    private static List<Path> definitions(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ConfigException("'" + folder + "': expected a folder with definitions, found "
                    + (Files.exists(folder) ? "a file" : "nothing"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().toLowerCase(Locale.ROOT).matches("(?s).*\\.ya?ml") && !isHidden(file))
                    .sorted()
                    .toList();
        }
    }

    /** What an editor keeps beside the file that is being written. */
    private static boolean isHidden(Path file) {
        return String.valueOf(file.getFileName()).startsWith(".");
    }

    private static String baseName(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("(?i)\\.ya?ml$", "");
    }

    private static void requireOneEach(List<DeclaredSurvey> surveys, NodeConfig config) throws ConfigException {
        Set<String> taken = new HashSet<>();
        config.mirrors().all().stream().map(ScheduledMirror::path).forEach(taken::add);
        for (DeclaredSurvey survey : surveys) {
            if (!taken.add(survey.path())) {
                throw new ConfigException("'" + survey.definition() + "': expected a path of its own, found '"
                        + survey.path() + "', at which another survey or a mirror is declared");
            }
        }
    }

    /** Returns the last part of its path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
