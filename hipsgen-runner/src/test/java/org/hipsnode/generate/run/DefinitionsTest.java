package org.hipsnode.generate.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.hipsnode.SharedData;
import org.hipsnode.check.Finding;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.generate.StandIn;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderStore;
import org.hipsnode.survey.Download;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.Cube;
import org.hipsnode.survey.SurveyDefinition.Images;
import org.hipsnode.survey.SurveyDefinition.MapFile;
import org.hipsnode.survey.SurveyDefinition.Polarization;
import org.hipsnode.survey.SurveyDefinition.Tiles;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every definition makes a survey from a small file of the shape that its source has. */
class DefinitionsTest {
    private static final int WIDTH = 16;

    /** What is in the HDU of a family of maps, by the beginning of the definition's name; the longest counts. */
    private static final Map<String, StandIn.Shape> SHAPES = Map.ofEntries(
            Map.entry("planck-", StandIn.nested("K_CMB", "I_STOKES Q_STOKES U_STOKES HITS II_COV QQ_COV")),
            Map.entry("planck-hfi-545", StandIn.nested("MJy/sr", "I_STOKES HITS II_COV")),
            Map.entry("planck-hfi-857", StandIn.nested("MJy/sr", "I_STOKES HITS II_COV")),
            Map.entry("planck-cmb-", StandIn.nested("K_CMB", "I_STOKES Q_STOKES U_STOKES TMASK PMASK")),
            Map.entry("planck-dust-polarization", StandIn.nested("uK_RJ", "Q_STOKES U_STOKES")),
            Map.entry("planck-dust-smica", StandIn.nested("uK_RJ", "Q_STOKES U_STOKES")),
            Map.entry("planck-synchrotron-", StandIn.nested("uK_RJ", "Q_STOKES U_STOKES")),
            Map.entry("planck-co", StandIn.nested("K_RJ km/s", "I_ML I_MEAN I_RMS")),
            Map.entry("planck-ame", StandIn.nested("uK_RJ", "I_ML I_MEAN I_RMS")),
            Map.entry("planck-freefree", StandIn.nested("cm^-6 pc", "EM_ML EM_MEAN EM_RMS")),
            Map.entry("planck-synchrotron", StandIn.nested("uK_RJ", "I_ML I_MEAN I_RMS")),
            Map.entry("planck-lensing", StandIn.ring("", "KAPPA")),
            Map.entry("wmap-", StandIn.nested("mK", "TEMPERATURE N_OBS")),
            Map.entry("haslam-", StandIn.ring("K", "TEMPERATURE")),
            Map.entry("iras-", StandIn.ring("MJy/sr", "TEMPERATURE")),
            Map.entry("rosat-", StandIn.ring("", "SIGNAL")),
            Map.entry("demo", StandIn.nested("mK", "TEMPERATURE")),
            Map.entry("fermi-3fhl", StandIn.ring("", "ENERGY1 ENERGY2 ENERGY3 ENERGY4")));

    @TempDir
    private Path folder;

    static Stream<String> definitions() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.project().resolve("surveys/definitions"))) {
            List<String> names = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(names).hasSizeGreaterThan(70);
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void makesASurvey(String name) throws IOException {
        Path file = Files.createDirectory(folder.resolve("definitions")).resolve(name);
        Files.copy(SharedData.project().resolve("surveys/definitions").resolve(name), file);
        SurveyDefinition definition = SurveyDefinition.read(file, folder.resolve("cache"));
        write(name, definition);
        Path survey = folder.resolve("survey");
        Progress progress = new Progress(System::nanoTime);
        try (Generation generation = Generation.prepare(small(definition), "survey", 1, progress)) {
            generation.make(survey, 1, progress, "test");
        }
        assertThat(SurveyCheck.check(new FolderStore(survey), Optional.empty()).all())
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .isEmpty();
        HipsProperties made = HipsProperties.parse(Files.readAllBytes(survey.resolve("properties")), "properties");
        for (String key : definition.keywords().keys()) {
            assertThat(made.values(key))
                    .as("%s", key)
                    .isEqualTo(definition.keywords().values(key));
        }
        boolean solar = name.startsWith("sun-");
        assertThat(made.value("hips_body").orElse("none"))
                .isEqualTo(
                        solar ? "sun" : name.startsWith("mars-") ? "mars" : name.startsWith("moon-") ? "moon" : "none");
    }

    /** The same with tiles so small that there are few of them. */
    private static SurveyDefinition small(SurveyDefinition definition) {
        Tiles tiles = definition.tiles();
        return new SurveyDefinition(
                definition.source(),
                new Tiles(
                        tiles.formats(),
                        OptionalInt.of(WIDTH),
                        OptionalInt.of(0),
                        tiles.resampling(),
                        tiles.pixels(),
                        tiles.region()),
                definition.display(),
                definition.keywords(),
                definition.engine(),
                definition.downloads());
    }

    private static StandIn.Shape shape(String name) {
        return SHAPES.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .max(Map.Entry.comparingByKey((a, b) -> a.length() - b.length()))
                .orElseThrow(() -> new AssertionError("tell the shape of the source of '" + name + "'"))
                .getValue();
    }

    private static void write(String name, SurveyDefinition definition) throws IOException {
        for (Download download : definition.downloads()) {
            Files.createDirectories(download.place().resolveSibling("."));
        }
        if (definition.source() instanceof MapFile map) {
            shape(name).write(map.map());
        } else if (definition.source() instanceof Polarization polarization) {
            shape(name).write(polarization.map().map());
        } else if (definition.source() instanceof Cube cube) {
            shape(name).write(cube.map().map());
        } else if (definition.source() instanceof BodyMap body) {
            StandIn.ofBody(body.map());
        } else if (definition.source() instanceof Images images) {
            StandIn.ofImages(images);
        } else {
            throw new AssertionError("no stand-in for " + definition.source());
        }
    }
}
