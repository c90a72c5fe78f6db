package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hipsnode.check.SmallSurvey.assertFound;
import static org.hipsnode.check.SmallSurvey.assertOnly;
import static org.hipsnode.check.SmallSurvey.assertSilent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hipsnode.SharedData;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.MemoryStore;
import org.hipsnode.store.SurveyStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyCheckTest {

    @Test
    void hasNothingToSayOfAGoodSurveyWhereverItIs(@TempDir Path folder) throws IOException {
        SmallSurvey survey = SmallSurvey.ofImages();
        for (Map.Entry<String, byte[]> file : survey.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling("x").getParent());
            Files.write(path, file.getValue());
        }
        Files.createDirectories(folder.resolve(".hipsnode"));
        Files.write(folder.resolve(".hipsnode/manifest.json"), new byte[0]);
        assertSilent(SurveyCheck.check(new FolderStore(folder), Optional.empty()));
        assertSilent(survey.check());
        assertSilent(survey.checkFromAfar());
    }

    @Test
    void missesTheKeywordListAndGoesOn() throws IOException {
        SurveyStore store = new MemoryStore(Map.of("Moc.fits", new byte[3]));
        Findings findings = SurveyCheck.check(store, Optional.empty());
        assertFound(findings, Severity.ERROR, "properties", "missing", "cannot open");
        assertFound(findings, Severity.ERROR, "Moc.fits", "a FITS file");
    }

    @Test
    void tellsOfAKeywordListThatIsTooLarge() throws IOException {
        SurveyStore store = new MemoryStore(Map.of("properties", new byte[HipsProperties.MAX_BYTES + 1]));
        assertFound(SurveyCheck.check(store, Optional.empty()), Severity.ERROR, "properties", "too large");
    }

    @Test
    void cannotCheckASurveyThatCannotBeReached() {
        SurveyStore store = (name, limit) -> {
            throw new IOException("no such host");
        };
        assertThatThrownBy(() -> SurveyCheck.check(store, Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessage("no such host");
    }

    @Test
    void comparesTheAddressWithTheKeyword() throws IOException {
        SurveyStore store = SmallSurvey.ofImages()
                .saying("hips_service_url", "https://hips.example/a")
                .farAway();
        assertSilent(SurveyCheck.check(store, Optional.empty()));
        assertSilent(SurveyCheck.check(store, Optional.of("https://hips.example/a")));
        assertSilent(SurveyCheck.check(store, Optional.of("https://hips.example/a/")));
        assertOnly(
                SurveyCheck.check(store, Optional.of("https://hips.example/b")),
                Severity.WARNING,
                "hips_service_url",
                "expected 'https://hips.example/b'",
                "found 'https://hips.example/a'");
        assertSilent(SurveyCheck.check(SmallSurvey.ofImages().farAway(), Optional.of("https://hips.example/b")));
    }

    @Property(tries = 250)
    void answersWhateverIsFlippedInTheFiles(
            @ForAll @IntRange(max = 1000) int file,
            @ForAll @Size(max = 10) List<@IntRange(max = 6000) Integer> places,
            @ForAll byte value,
            @ForAll @IntRange(max = 8000) int length,
            @ForAll boolean catalogue)
            throws IOException {
        SmallSurvey survey = catalogue ? SmallSurvey.ofRows() : SmallSurvey.ofImages();
        List<String> names = new ArrayList<>(survey.files().keySet());
        String name = names.get(file % names.size());
        byte[] content = survey.file(name);
        for (int place : places) {
            if (content.length > 0) {
                content[place % content.length] = value;
            }
        }
        survey.with(name, java.util.Arrays.copyOf(content, Math.min(length, content.length)));
        assertThat(survey.check().all()).isNotNull();
        assertThat(survey.checkFromAfar().all()).isNotNull();
    }

    @Property(tries = 60)
    void answersWhateverTheKeywordListSays(
            @ForAll("values") String order,
            @ForAll("values") String orderMin,
            @ForAll("values") String width,
            @ForAll("values") String other)
            throws IOException {
        SmallSurvey survey = SmallSurvey.ofImages();
        String list = survey.properties()
                        .without("hips_order")
                        .without("hips_order_min")
                        .without("hips_tile_width") + "hips_order = " + order + "\nhips_order_min = " + orderMin
                + "\nhips_tile_width = " + width + "\n";
        for (String key : List.of(
                "hips_tile_format",
                "hips_frame",
                "dataproduct_type",
                "hips_check_code",
                "hips_nb_tiles",
                "hips_pixel_bitpix",
                "moc_sky_fraction")) {
            survey.with("properties", key + " = " + other + "\n" + list);
            assertThat(survey.check().all()).isNotNull();
            assertThat(survey.checkFromAfar().all()).isNotNull();
        }
    }

    @Provide
    Arbitrary<String> values() {
        return PropertiesRulesTest.values();
    }

    @Test
    void answersForEveryRealTree() throws IOException {
        int trees = 0;
        for (Path tree : realTrees()) {
            FolderStore store = new FolderStore(tree);
            assertThat(SurveyCheck.check(store, Optional.empty()).all())
                    .as(tree.toString())
                    .isNotEmpty();
            SurveyStore far = (name, limit) -> store.read(name, limit);
            assertThat(SurveyCheck.check(far, Optional.of("https://hips.example/x"))
                            .all())
                    .as(tree.toString())
                    .isNotEmpty();
            trees++;
        }
        assertThat(trees).isGreaterThanOrEqualTo(11);
    }

    private static List<Path> realTrees() throws IOException {
        try (Stream<Path> files = Files.walk(SharedData.require("hips"))) {
            return files.filter(f -> f.endsWith("properties"))
                    .map(f -> f.resolveSibling(""))
                    .toList();
        }
    }

    @Test
    void answersForEveryRealKeywordList() throws IOException {
        int lists = 0;
        try (Stream<Path> files = Files.walk(SharedData.require("properties"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                HipsProperties list = HipsProperties.parse(Files.readAllBytes(file), file.toString());
                assertThat(SurveyCheck.checkProperties(list).all())
                        .as(file.toString())
                        .isNotNull();
                lists++;
            }
        }
        assertThat(lists).isGreaterThan(40);
    }

    /** Two orders of a CDS survey, complete; its keywords tell of the whole, so codes and counts differ. */
    @Test
    void findsNoErrorInARealSurveyOfTwoOrders() throws IOException {
        Findings findings = realFindings("hips/LHF-dss");
        assertThat(findings.all()).noneMatch(f -> f.severity() == Severity.ERROR);
        assertFound(findings, Severity.WARNING, "Moc.fits", "missing");
        assertFound(findings, Severity.WARNING, "hips_check_code", "jpg:1389127383");
        assertFound(findings, Severity.WARNING, "hips_nb_tiles", "'4194301'", "'60'");
        assertFound(findings, Severity.WARNING, "hips_initial_ra", "recommended");
        assertFound(findings, Severity.WARNING, "hips_license", "hips_licence");
    }

    /** A complete survey as Hipsgen made it, with the codes that it computed. */
    @Test
    void findsNoErrorInARealSurveyOfHipsgen() throws IOException {
        Findings findings = realFindings("hips/aladin-gaia");
        assertThat(findings.all()).noneMatch(f -> f.severity() == Severity.ERROR);
        assertFound(findings, Severity.WARNING, "hips_tile_format", "does not say fits");
        assertThat(findings.all()).extracting(Finding::object).doesNotContain("hips_check_code", "hips_nb_tiles");
    }

    @Test
    void findsNoErrorInRealPartialMirrors() throws IOException {
        for (String name : List.of("JWST_MIRI", "PanSTARRS_DR1_color-z-zg-g", "CDS_P_DSS2_color", "CFHT")) {
            assertThat(realFindings("hips/aladin-lite/" + name).all())
                    .as(name)
                    .noneMatch(f -> f.severity() == Severity.ERROR);
        }
    }

    /** Old surveys do not say where their orders begin; of this one only the third was kept. */
    @Test
    void missesNoOrderThatAnOldSurveyDoesNotPromise() throws IOException {
        assertThat(realFindings("hips/hips-extra/Planck-HFI143").all().stream()
                        .filter(f -> f.severity() == Severity.ERROR)
                        .map(Finding::object))
                .containsExactly("creator_did");
    }

    private static Findings realFindings(String name) throws IOException {
        return SurveyCheck.check(new FolderStore(SharedData.require(name)), Optional.empty());
    }
}
