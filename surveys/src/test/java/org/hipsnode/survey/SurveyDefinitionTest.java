package org.hipsnode.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.config.ConfigException;
import org.hipsnode.sky.Frame;
import org.hipsnode.survey.SurveyDefinition.Engine;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyDefinitionTest {
    private static final String LEAST = "source: {map: map.fits}\n";

    @TempDir
    Path folder;

    private SurveyDefinition read(String yaml) throws IOException {
        return SurveyDefinition.read(Files.writeString(folder.resolve("co.yaml"), yaml));
    }

    @Test
    void readsACompleteDefinition() throws IOException {
        SurveyDefinition definition = read("""
                # the CO map of Planck
                id: ivo://idoc/P/planck/co
                title: "Planck CO: J=1-0"
                release-date: 2026-11-22T09:30:15Z
                source:
                  map: ../maps/co.fits
                  hdu: 2
                  column: I_STOKES
                  frame: galactic
                tiles:
                  formats: [fits, jpg, png]
                  width: 256
                  order: 5
                display:
                  cut: 0.5% 99.5%
                  stretch: asinh
                  colormap: inferno
                properties:
                  obs_description: The CO line, étoilé
                  obs_regime: [Millimeter, Radio]
                  hips_creator:
                """);
        assertThat(map(definition).map().normalize()).isEqualTo(folder.resolveSibling("maps/co.fits"));
        assertThat(map(definition).hdu()).hasValue(2);
        assertThat(map(definition).column()).contains("I_STOKES");
        assertThat(map(definition).frame()).contains(Frame.GALACTIC);
        assertThat(definition.tiles().formats()).containsExactly(TileFormat.FITS, TileFormat.JPEG, TileFormat.PNG);
        assertThat(definition.tiles().width()).hasValue(256);
        assertThat(definition.tiles().order()).hasValue(5);
        assertThat(definition.display().cut()).contains("0.5% 99.5%");
        assertThat(definition.display().stretch()).contains("asinh");
        assertThat(definition.display().colormap()).contains("inferno");
        assertThat(definition.keywords()).hasToString("""
                        creator_did          = ivo://idoc/P/planck/co
                        obs_title            = Planck CO: J=1-0
                        hips_release_date    = 2026-11-22T09:30Z
                        obs_description      = The CO line, étoilé
                        obs_regime           = Millimeter
                        obs_regime           = Radio
                        """);
    }

    private static SurveyDefinition.MapFile map(SurveyDefinition definition) {
        return (SurveyDefinition.MapFile) definition.source();
    }

    @Test
    void leavesTheRestToTheSource() throws IOException {
        SurveyDefinition definition = read(LEAST);
        assertThat(map(definition).map()).isEqualTo(folder.resolve("map.fits"));
        assertThat(map(definition).hdu()).isEmpty();
        assertThat(map(definition).column()).isEmpty();
        assertThat(map(definition).frame()).isEmpty();
        assertThat(definition.tiles()).isEqualTo(SurveyDefinition.Tiles.USUAL);
        assertThat(definition.display()).isEqualTo(SurveyDefinition.Display.FROM_DATA);
        assertThat(definition.keywords().keys()).isEmpty();
        assertThat(definition.engine()).isEqualTo(Engine.NATIVE);
    }

    @Test
    void readsImages() throws IOException {
        SurveyDefinition definition =
                read("source: {images: [some, more.fits], hdu: SCI, plane: 2, coadd: median, blank: -1.5}\n");
        assertThat(definition.source())
                .isEqualTo(new SurveyDefinition.Images(
                        List.of(folder.resolve("some"), folder.resolve("more.fits")),
                        Optional.of("SCI"),
                        OptionalInt.of(2),
                        SurveyDefinition.Images.Coadd.MEDIAN,
                        OptionalDouble.of(-1.5)));
        assertThat(read("source: {images: some}\n").source())
                .isEqualTo(SurveyDefinition.Images.of(List.of(folder.resolve("some"))));
        assertThatThrownBy(() -> read("source: {images: some, coadd: most}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mean, fading, median, sum, first or last");
    }

    @Test
    void readsMapsOfBodies() throws IOException {
        assertThat(read("source: {body-map: mola.lbl}\n").source())
                .isEqualTo(SurveyDefinition.BodyMap.of(folder.resolve("mola.lbl")));
        assertThat(read("source: {body-map: south.png, body: mars, projection: polar, edge-latitude: -60, blank: 0, "
                                + "centre-longitude: 180, longitudes: west, latitudes: planetographic, flattening: 0.00589}\n")
                        .source())
                .isEqualTo(new SurveyDefinition.BodyMap(
                        folder.resolve("south.png"),
                        Optional.of("mars"),
                        new SurveyDefinition.BodyMap.Plane(
                                Optional.of(SurveyDefinition.BodyMap.Projection.POLAR),
                                OptionalDouble.of(180),
                                Optional.of(SurveyDefinition.BodyMap.Longitudes.WEST),
                                Optional.of(SurveyDefinition.BodyMap.Latitudes.PLANETOGRAPHIC),
                                OptionalDouble.of(0.00589),
                                OptionalDouble.of(-60)),
                        OptionalDouble.of(0)));
        assertThatThrownBy(() -> read("source: {body-map: a.png, edge-latitude: 91}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("edge-latitude");
        assertThatThrownBy(() -> read("source: {body-map: a.png, longitudes: up}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("east or west");
    }

    @Test
    void putsWhatALabelNamesBesideIt() throws IOException {
        SurveyDefinition definition = read("source: {body-map: 'https://a.example/m/x.lbl', size: 2.1e6, "
                + "beside: ['https://a.example/m/x.img', 'https://b.example/y.cat']}\n");
        assertThat(definition.downloads()).hasSize(3);
        Path label = definition.downloads().get(0).place();
        assertThat(definition.downloads().get(0).size()).hasValue(2_100_000);
        assertThat(definition.downloads().get(1).place()).isEqualTo(label.resolveSibling("x.img"));
        assertThat(definition.downloads().get(2).place()).isEqualTo(label.resolveSibling("y.cat"));
        for (String wrong : List.of(
                "body-map: x.lbl, beside: 'https://a.example/x.img'",
                "body-map: 'https://a.example/x.lbl', beside: x.img",
                "body-map: 'https://a.example/x.lbl', beside: 'https://b.example/x.lbl'")) {
            assertThatThrownBy(() -> read("source: {" + wrong + "}\n"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("'source.beside': expected ");
        }
        assertThatThrownBy(() -> read("source: {map: a.fits, size: 0}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("a number of bytes");
    }

    @Test
    void readsTheEngine() throws IOException {
        assertThat(read(LEAST + "engine: {name: native}").engine()).isEqualTo(Engine.NATIVE);
        assertThat(read(LEAST + "engine: {name: aladin}").engine())
                .isEqualTo(new Engine.Aladin(Optional.empty(), Duration.ofMinutes(10)));
        assertThat(read(LEAST + "engine: {name: aladin, jar: lib/Aladin.jar, silence-minutes: 3}")
                        .engine())
                .isEqualTo(new Engine.Aladin(
                        Optional.of(folder.toAbsolutePath().resolve("lib/Aladin.jar")), Duration.ofMinutes(3)));
    }

    @Test
    void takesAnAbsolutePathAsItIs() throws IOException {
        Path map = folder.resolve("elsewhere/map.fits").toAbsolutePath();
        assertThat(read("source: {map: '" + map + "'}").source()).isEqualTo(SurveyDefinition.MapFile.of(map));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title: x | co.yaml': key 'source' is missing",
                "source: map.fits | co.yaml' line 1: expected keys and values under 'source'",
                "source: {hdu: 1} | co.yaml': key 'source.map' is missing",
                "source: {map: m, hdu: 4097} | key 'source.hdu': expected a whole number of 0 to 4096, found '4097'",
                "source: {map: m, hdu: -1} | key 'source.hdu': expected a whole number of 0 to 4096, found '-1'",
                "source: {map: m, frame: C} | key 'source.frame': expected equatorial, galactic or ecliptic, found 'C'",
                "source: {map: m, colum: 1} | unknown key 'source.colum': did you mean 'column'?",
                "source: {map: \"a\\0b\"} | key 'source.map': expected a path",
                "source: {map: m}\\ntiles: {width: 100} | key 'tiles.width': expected a power of two, found '100'",
                "source: {map: m}\\ntiles: {width: 65536} | key 'tiles.width': expected a whole number of 1 to 32768",
                "source: {map: m}\\ntiles: {order: 30} | key 'tiles.order': expected a whole number of 0 to 29",
                "source: {map: m}\\ntiles: {formats: [fits, tiff]} | key 'tiles.formats': expected fits, png",
                "source: {map: m}\\ntiles: {formats: [tsv]} | key 'tiles.formats': expected fits, png",
                "source: {map: m}\\ntiles: {formats: [jpg, jpeg]} | key 'tiles.formats': expected each format once",
                "source: {map: m}\\ntiles: {with: 8} | unknown key 'tiles.with': did you mean 'width'?",
                "source: {map: m}\\ndisplay: {colourmap: x} | unknown key 'display.colourmap': did you mean 'colormap'?",
                "source: {map: m}\\nrelease-date: today | line 2: key 'release-date': expected a date such as",
                "source: {map: m}\\nengine: aladin | expected keys and values under 'engine'",
                "source: {map: m}\\nengine: {jar: x} | key 'engine.name' is missing",
                "source: {map: m}\\nengine: {name: alladin} | key 'engine.name': expected native or aladin",
                "source: {map: m}\\nengine: {name: native, jar: x} | unknown key 'engine.jar'",
                "source: {map: m}\\nengine: {name: aladin, silence-minutes: 0} | expected a whole number of 1 to 1440",
                "source: {map: m}\\nengine: {name: aladin, jar: \"a\\0b\"} | key 'engine.jar': expected a path",
                "source: {map: m}\\ntitl: x | co.yaml' line 2: unknown key 'titl': did you mean 'title'?",
                "source: {map: m}\\ntitle: \"two\\nlines\" | co.yaml' line 2: key 'title': expected",
                "source: {map: m}\\nid: \"a\\tb\" | co.yaml' line 2: key 'id': expected",
                "source: {map: m}\\nproperties: {two words: x} | co.yaml' line 2: key 'properties.two words'",
                "source: {map: m}\\nproperties: {obs_ack: \"a\\nb\"} | co.yaml' line 2: key 'properties.obs_ack'",
                "source: {map: m}\\nproperties: {obs_ack: {a: b}} | key 'properties.obs_ack': expected one value",
                "source: {map: m}\\nproperties: text | expected keys and values under 'properties'",
                "source: {map: m}\\ntitle: [a] | key 'title': expected one value, found 'a list'",
                "'' | expected keys and values"
            })
    void refusesWhatCannotBeMeant(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml.replace("}\\n", "}\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("co.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> SurveyDefinition.read(folder.resolve("none.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("none.yaml", "expected a file of YAML, found nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "512", "32768"})
    void acceptsEveryPowerOfTwoAsWidth(String width) throws IOException {
        assertThat(read(LEAST + "tiles: {width: " + width + "}").tiles().width())
                .hasValue(Integer.parseInt(width));
    }

    @Test
    void definitionsOfTheSameTextAreEqualInWhatTheyMake() throws IOException {
        assertThat(read(LEAST + "tiles: {formats: png}").tiles())
                .isEqualTo(read(LEAST + "tiles: {formats: [PNG]}").tiles());
    }

    @Property(tries = 1000)
    void anyTextIsADefinitionOrRefusedInOneWay(@ForAll("texts") String yaml) throws IOException {
        Path file = Files.createTempFile("definition", ".yaml");
        try {
            SurveyDefinition.read(Files.writeString(file, yaml));
        } catch (ConfigException e) {
            assertThat(e).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> key = Arbitraries.of(
                "id",
                "title",
                "release-date",
                "source",
                "tiles",
                "display",
                "engine",
                "properties",
                "map",
                "hdu",
                "width",
                "formats",
                "?");
        Arbitrary<String> value = Arbitraries.of(
                "x",
                "3",
                "-1",
                "{map: m}",
                "{map: \"\\0\"}",
                "[fits, png]",
                "{a: b}",
                "\"a\\nb\"",
                "\"\\u2028\"",
                "",
                "~",
                "é",
                "\"\\ud800\"",
                "{width: 3}",
                "{obs_title: [a, b]}",
                "{1: 2}",
                "{formats: []}",
                "{name: aladin, jar: \"\\0\"}",
                "{name: aladin}",
                "2026-01-01",
                "'\\:'");
        return key.flatMap(k -> value.map(v -> k + ": " + v))
                .list()
                .ofMaxSize(6)
                .uniqueElements(line -> line.substring(0, line.indexOf(':')))
                .map(lines -> LEAST + String.join("\n", lines));
    }
}
