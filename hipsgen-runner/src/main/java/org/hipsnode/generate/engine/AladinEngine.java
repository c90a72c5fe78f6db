package org.hipsnode.generate.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.survey.SurveyDefinition;

/**
 * Aladin's Hipsgen, run as a process of its own on a copy of the map, in a folder of its own that is gone afterwards. Where it
 * fails, what it wrote stays in {@code hipsgen.log}.
 */
final class AladinEngine implements GenerationEngine {
    private static final Path DEBIAN_JAR = Path.of("/usr/share/java/aladin.jar");

    private final Path jar;
    private final Duration silence;

    private AladinEngine(Path jar, Duration silence) {
        this.jar = jar;
        this.silence = silence;
    }

    /** Finds the Aladin that is asked for; refuses if there is none. */
    static AladinEngine installed(SurveyDefinition.Engine.Aladin wanted) throws ConfigException {
        Path jar = wanted.jar().orElse(DEBIAN_JAR).toAbsolutePath();
        if (!Files.isRegularFile(jar) || !Files.isReadable(jar)) {
            throw new ConfigException(
                    "'" + jar + "': expected Aladin, whose Hipsgen the engine aladin runs, found no such "
                            + "file; install it (apt-get install aladin), or give --aladin-jar PATH");
        }
        return new AladinEngine(jar, wanted.silence());
    }

    @Override
    public Map<String, Object> facts(GenerationPlan plan, int workers) throws ConfigException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("engine", "aladin");
        int number = 1;
        for (List<String> arguments : HipsgenRuns.of(plan, workers).arguments()) {
            facts.put("hipsgen-" + number, quoted(command(arguments)));
            number++;
        }
        return facts;
    }

    /** Hipsgen makes all or nothing. */
    @Override
    public boolean canKeepTiles() {
        return false;
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-jar",
                jar.toString(),
                "-hipsgen"));
        command.addAll(arguments);
        return command;
    }

    /** Returns a command as one would type it. */
    private static String quoted(List<String> command) {
        return command.stream()
                .map(word -> word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    @Override
    public String make(GenerationPlan plan, List<TileSource> channels, Workplace workplace) throws IOException {
        // a name of its own: a Hipsgen that outlived its killed run could write into one that is used again
        Path folder = Files.createDirectory(workplace.folder().resolve("hipsgen-" + UUID.randomUUID()));
        Path log = workplace.folder().resolve("hipsgen.log");
        try {
            MapCopy.write(channels.get(0), plan.layout(), folder.resolve(HipsgenRuns.MAP), workplace.progress());
            run(plan, folder, log, workplace);
            String made = HipsgenTiles.takeOver(plan, folder.resolve(HipsgenRuns.SURVEY), workplace);
            Files.delete(log);
            return made;
        } catch (CancellationException e) {
            Files.deleteIfExists(log);
            throw e;
        } catch (IOException e) {
            throw Files.exists(log)
                    ? new IOException(e.getMessage() + "; all that it wrote is in '" + log + "'", e)
                    : e;
        } finally {
            AtomicFiles.deleteTree(folder);
        }
    }

    private void run(GenerationPlan plan, Path folder, Path log, Workplace workplace) throws IOException {
        long tiles = HealpixGrid.pixelCount(plan.layout().order());
        try (OutputStream out = Files.newOutputStream(log)) {
            HipsgenProcess process = new HipsgenProcess(folder, silence, tiles, out, workplace.progress());
            for (List<String> arguments :
                    HipsgenRuns.of(plan, workplace.workers()).arguments()) {
                process.run(command(arguments));
            }
        }
    }
}
