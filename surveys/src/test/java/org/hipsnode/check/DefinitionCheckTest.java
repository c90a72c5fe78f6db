package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionCheckTest {
    private static final String SOURCE = "source: {map: a.fits}\n";

    @TempDir
    Path folder;

    private DefinitionCheck.Result check(String yaml) throws IOException {
        return DefinitionCheck.check(Files.writeString(folder.resolve("a.yaml"), yaml), Map.of());
    }

    private void assertWrong(String yaml, String... parts) throws IOException {
        assertThat(check(yaml).errors()).singleElement().asString().contains(parts);
    }

    @Test
    void isSilentAboutWhatIsRight() throws IOException {
        DefinitionCheck.Result result = check("""
                id: ivo://idoc/P/a
                title: A
                source: {map: a.fits}
                properties:
                  obs_regime: [Radio, Millimeter]
                  em_min: 2.1e-3
                  em_max: 0.003
                  t_min: 55055
                  t_max: 56588.5
                  bib_reference: [2020A&A...641A...1P, 2005ApJS..157..302M, 2001JGR...10623689S, "10.1051/0004-6361/201833880"]
                  hips_licence: CC-BY-4.0
                  facility_name: Planck
                unverified: [properties.em_min, "source.map, the second address", title]
                """);
        assertThat(result.errors()).isEmpty();
        assertThat(result.warnings()).isEmpty();
        for (String licence : List.of("https://example.org/terms", "LicenseRef-mission", "CC-BY-SA-3.0-IGO")) {
            assertThat(check(SOURCE + "properties: {hips_licence: '" + licence + "'}")
                            .errors())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t_min: 1983-01-26, t_max: 45659 | t_min | a number",
                "t_min: 2445360.5, t_max: 2445659.5 | t_min | Modified Julian Date",
                "t_min: 1983, t_max: 45659 | t_min | 55055 for 2009-08-12",
                "t_min: 45659, t_max: 45360 | t_min | no more than t_max = 45360",
                "t_min: 45659 | t_min | t_max beside it",
                "em_min: 3e-3, em_max: 2e-3 | em_min | no more than em_max = 2e-3",
                "em_min: 1e-3, em_max: 100e9 | em_max | a wavelength in metres",
                "em_min: 0, em_max: 1 | em_min | a wavelength in metres",
                "em_max: 1 | em_max | em_min beside it",
                "em_min: '4,595e-7', em_max: 9e-7 | em_min | a number",
                "bib_reference: Planck 2018 I | bib_reference | 19 characters",
                "bib_reference: 2020A&A..641A...1P | bib_reference | 2020A&A...641A...1P",
                "obs_regime: infrared | obs_regime | one of EUV, Gamma-ray, Infrared",
                "obs_regime: 'Radio, Millimeter' | obs_regime | one of",
                "hips_licence: CC BY 4.0 | hips_licence | such as CC-BY-4.0",
                "hips_licence: ODbL | hips_licence | a URL, or an identifier of SPDX",
                "obs_copyright_url: example.org | obs_copyright_url | a URL of http",
                "obs_description: [a, b] | obs_description | one value",
            })
    void tellsOfKeywordsWithFileLineKeyAndWhatWasExpected(String properties, String key, String expected)
            throws IOException {
        String yaml = SOURCE + "properties:\n  {" + properties + "}\n";
        assertThat(check(yaml).errors())
                .isNotEmpty()
                .first()
                .asString()
                .contains("a.yaml' line 3: key 'properties." + key + "': expected ", expected);
    }

    @Test
    void tellsOfAllThatIsWrong() throws IOException {
        assertThat(check("id: ivo://ab/P/x\n" + SOURCE + "properties: {obs_regime: x, t_min: y, t_max: z}\n")
                        .errors())
                .hasSize(4);
    }

    @Test
    void tellsOfIdsNotesAndSlips() throws IOException {
        assertWrong("id: ivo://ab/P/x\n" + SOURCE, "line 1: key 'id'", "at least three characters");
        assertWrong(SOURCE + "unverified: [properties.em_min]\n", "line 2: key 'unverified'", "properties.em_min");
        assertWrong(SOURCE + "unverified: source.hdu.x\n", "names of keys that are in the definition");
        assertThat(check(SOURCE + "properties: {hips_license: CC0-1.0, description: b}")
                        .warnings())
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).contains("a keyword such as hips_licence"))
                .anySatisfy(text -> assertThat(text).contains("a keyword such as obs_title"));
    }

    @Test
    void tellsOfADefinitionThatCannotBeReadAndOfNothingElse() throws IOException {
        assertWrong("properties: {obs_regime: x}\n", "key 'source' is missing");
        assertWrong("source: {map: a.fits, wait: 1}\n", "unknown key 'source.wait'");
    }

    @Test
    void asksOthersForTheWordsOfDisplay() throws IOException {
        Path file = Files.writeString(folder.resolve("b.yaml"), SOURCE + "display:\n  cut: [1 2, 3 4]\n  stretch: s\n");
        assertThat(DefinitionCheck.check(file, Map.of("cut", v -> v.startsWith("1") ? "" : "one"))
                        .errors())
                .containsExactly("'" + file + "' line 3: key 'display.cut': expected one, found '3 4'");
    }

    @Test
    void theDefinitionsOfTheProgramAreRight() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("definitions"))) {
            assertThat(files.filter(f -> f.toString().endsWith(".yaml")).toList())
                    .hasSizeGreaterThan(20)
                    .allSatisfy(file -> {
                        DefinitionCheck.Result result = DefinitionCheck.check(file, Map.of());
                        assertThat(result.errors()).isEmpty();
                        assertThat(result.warnings()).isEmpty();
                    });
        }
    }
}
