package org.hipsnode.generate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.TestImage;
import org.hipsnode.generate.TestMap;
import org.hipsnode.generate.TestPicture;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;
import org.hipsnode.store.FolderStore;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Surveys that are more than the pixels of one map. */
class CompositionTest {
    @TempDir
    private Path folder;

    private static double wave(long ring, double phase) {
        HealpixGrid grid = HealpixGrid.ofOrder(4);
        UnitVector v = grid.centre(grid.ringToNested(ring)).vector();
        return 10 + 5 * Math.sin(3 * v.x() + phase) * v.y() + v.z();
    }

    /** Three waves of nside 16 with a hole, in one table. */
    private Path stokes() throws IOException {
        return TestMap.wholeSky(16, "RING")
                .card("COORDSYS", "G")
                .card("DATE", "2026-03-01T12:00:00")
                .column("I", 'E', 1, ring -> ring < 50 ? Double.NaN : wave(ring, 0))
                .column("Q_POLARISATION", 'E', 1, ring -> wave(ring, 1) - 10)
                .column("U_POLARISATION", 'D', 1, ring -> ring > 3000 ? -1.6375e30 : wave(ring, 2) - 10)
                .write(folder.resolve("stokes.fits"));
    }

    private SurveyDefinition definition(String yaml) throws IOException {
        return SurveyDefinition.read(
                Files.writeString(folder.resolve("definition.yaml"), "id: ivo://test/P/x\n" + yaml));
    }

    private Path make(String yaml, String name) throws IOException {
        return make(definition(yaml), name);
    }

    private Path make(SurveyDefinition definition, String name) throws IOException {
        Progress progress = new Progress(new AtomicLong()::incrementAndGet);
        Path survey = folder.resolve(name);
        try (Generation generation = Generation.prepare(definition, "x", 2, progress)) {
            generation.make(survey, 2, progress, "hipsnode/test");
        }
        return survey;
    }

    private static FitsImage tile(Path survey, String name) throws IOException {
        return FitsImage.parse(Files.readAllBytes(survey.resolve(name)), name);
    }

    private static final String COLOUR = """
        source:
          red: {map: stokes.fits, column: I}
          green: {map: stokes.fits, column: 2}
          blue: {map: stokes.fits, column: 3}
        """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                COLOUR + "tiles: {formats: [png, jpeg], width: 4}\ndisplay: {composition: channels}",
                "source: {map: stokes.fits, polarization: angle}\ntiles: {frame: equatorial, width: 4}",
                "source: {map: stokes.fits, polarization: intensity}\ntiles: {bitpix: 16, width: 4}",
                "source: {map: stokes.fits, cube: columns}\ntiles: {bitpix: 32, bscale: 0.5, bzero: 3, width: 8}",
                "source: {map: stokes.fits}\ntiles: {order: 3, width: 4, resampling: nearest, moc: part.txt}"
            })
    void theDefinitionInTheProvenanceMakesTheSameSurvey(String yaml) throws IOException {
        stokes();
        Files.writeString(folder.resolve("part.txt"), "2/0-90");
        Path survey = make(yaml, "survey");
        String provenance = Files.readString(survey.resolve(ManifestName.PROVENANCE));
        int start = provenance.indexOf("\"definition\" : ") + "\"definition\" : ".length();
        Path again = Files.writeString(
                folder.resolve("again.yaml"), provenance.substring(start, provenance.lastIndexOf('}')));
        assertThat(TreeManifest.ofBytes(make(SurveyDefinition.read(again), "again")))
                .isEqualTo(TreeManifest.ofBytes(survey));
    }

    /** Of the mean of Q and U, not the mean of angles. */
    @Test
    void theAngleOfAParentIsThatOfTheMeanStokesParameters() throws IOException {
        stokes();
        Path survey = make("source: {map: stokes.fits, polarization: angle}\ntiles: {formats: [fits], width: 2}", "s");
        Path q = make("source: {map: stokes.fits, column: 2}\ntiles: {formats: [fits], width: 2}", "q");
        Path u = make("source: {map: stokes.fits, column: 3}\ntiles: {formats: [fits], width: 2}", "u");
        String name = "Norder1/Dir0/Npix7.fits";
        double expected = Math.toDegrees(
                        Math.atan2(-tile(u, name).physical(1, 0), tile(q, name).physical(1, 0)))
                / 2;
        assertThat(tile(survey, name).physical(1, 0)).isCloseTo(expected, within(1e-4));
        assertThat(Files.readString(survey.resolve("properties"))).contains("hips_bunit           = deg\n");
    }

    @Test
    void whereOnlyOneOfThreeIsMissingItIsDarkAndWhereAllAreTheColourIsTransparent() throws IOException {
        Path map = TestMap.wholeSky(8, "NESTED")
                .column("R", 'E', 1, p -> p < 64 ? Double.NaN : 1)
                .column("G", 'E', 1, p -> p < 128 ? Double.NaN : 1)
                .column("B", 'I', 1, p -> 1)
                .write(folder.resolve("stokes.fits"));
        assertThat(map).exists();
        Path survey = make(COLOUR.replace("column: I", "column: R") + """
            tiles: {formats: [png], width: 8}
            display: {composition: channels, stretch: linear, cut: 0 2}
            """, "colour");
        assertThat(argb(survey, 0)).isEqualTo(0xff000080);
        assertThat(argb(survey, 1)).isEqualTo(0xff800080);
        assertThat(argb(survey, 2)).isEqualTo(0xff808080);
        assertThat(Files.readString(survey.resolve("properties")))
                .contains("dataproduct_subtype  = color\n", "hips_rgb_blue        = stokes.fits HDU 1 B [0 2 linear]\n")
                .doesNotContain("hips_pixel_cut", "hips_pixel_bitpix");
    }

    private static BufferedImage picture(Path survey, String name) throws IOException {
        return ImageIO.read(survey.resolve(name).toFile());
    }

    /** Returns the colour in the middle of the tile of order 3 that holds a place. */
    private static int argbAt(Path survey, double ra, double dec) throws IOException {
        long tile = HealpixGrid.ofOrder(3).nestedAt(SkyPoint.ofDegrees(ra, dec));
        return picture(survey, "Norder3/Dir0/Npix" + tile + ".png").getRGB(3, 3);
    }

    @Test
    void picturesOnTheSkyKeepTheirColours() throws IOException {
        BufferedImage image = TestPicture.colours(60, 60, (x, y) -> y < 30 ? 0xff4080c0 : 0xff101010);
        Path file = TestPicture.write(image, folder.resolve("pictures/a.png"));
        TestPicture.header(file, image, 10, 0, 1);
        Path survey = make("source: {images: [pictures]}\ntiles: {width: 8, order: 3}", "survey");
        assertThat(argbAt(survey, 10, 15)).isEqualTo(0xff4080c0);
        assertThat(argbAt(survey, 10, -15)).isEqualTo(0xff101010);
        assertThat(Files.readString(survey.resolve("properties")))
                .contains("dataproduct_subtype  = color\n", "hips_tile_format     = png\n")
                .doesNotContain("hips_pixel_cut", "hips_rgb_red");
        assertThat(survey.resolve("HpxFinder/properties")).exists();
        assertThatThrownBy(() -> make("source: {images: [pictures]}\ndisplay: {cut: 0 9}", "cut"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("whose colours stay as they are");
        assertThatThrownBy(() -> make("source: {images: [pictures]}\ntiles: {formats: [fits]}", "fits"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("fits, which holds values");
        String part = "{images: [pictures]}";
        assertThatThrownBy(() -> make("source: {red: " + part + ", green: " + part + ", blue: " + part + "}", "rgb"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("found pictures that have colours already");
    }

    /** A field of 20 minutes of arc in a tile of 27: white in the north-east quarter, dark in the rest. */
    @Test
    void thePreviewShowsASmallField() throws IOException {
        TestImage.around(200, 60, 1 / 60.0, 20, (x, y) -> x < 10 && y >= 10 ? 100 : 1)
                .write(folder.resolve("a.fits"));
        Path survey = make("source: {images: [a.fits]}\ntiles: {width: 32}\ndisplay: {cut: 0 100}", "survey");
        BufferedImage preview = picture(survey, "preview.jpg");
        assertThat(preview.getRGB(104, 120) & 0xff)
                .as("north-east is up and to the left")
                .isGreaterThan(200);
        assertThat(preview.getRGB(152, 120) & 0xff).isLessThan(50);
        assertThat(preview.getRGB(104, 168) & 0xff).isLessThan(50);
        long white = IntStream.range(0, 256 * 256)
                .filter(i -> (preview.getRGB(i % 256, i / 256) & 0xff) > 150)
                .count();
        // 10 of 31 minutes of arc: the circle around the field is 28 wide, and the view a tenth more
        assertThat(white / 65536.0).isCloseTo(0.103, within(0.01));
    }

    private static int argb(Path survey, int tile) throws IOException {
        BufferedImage image =
                ImageIO.read(survey.resolve("Norder0/Dir0/Npix" + tile + ".png").toFile());
        return image.getRGB(3, 3);
    }

    @Test
    void numbersSpreadOverTheRangeOfTheValues() throws IOException {
        stokes();
        Path floats = make("source: {map: stokes.fits}\ntiles: {formats: [fits], width: 2}", "floats");
        Path shorts = make("source: {map: stokes.fits}\ntiles: {formats: [fits], width: 2, bitpix: 16}", "shorts");
        FitsImage converted = tile(shorts, "Norder3/Dir0/Npix100.fits");
        assertThat(converted.format().type()).isEqualTo(PixelType.INT16);
        assertThat(converted.format().blank()).isEqualTo(-32768L);
        assertThat(converted.physical(0, 1))
                .isCloseTo(
                        tile(floats, "Norder3/Dir0/Npix100.fits").physical(0, 1),
                        within(converted.format().scale() / 2 * 1.0001));
        assertThat(Files.readString(shorts.resolve("properties")))
                .contains("hips_pixel_bitpix    = 16\n", "data_pixel_bitpix    = -32\n");
    }

    /** Those beyond what the type holds stay at its ends, and the blank stays the blank. */
    @Test
    void numbersThatDoNotFitAreHeldAtTheEnds() throws IOException {
        TestMap.wholeSky(8, "NESTED")
                .column("V", 'D', 1, p -> p == 0 ? -1e30 : p == 1 ? 1e30 : p == 2 ? Double.NaN : p)
                .write(folder.resolve("v.fits"));
        Path survey = make("source: {map: v.fits}\ntiles: {formats: [fits], width: 8, bitpix: 16, bscale: 1}", "s");
        FitsImage tile = tile(survey, "Norder0/Dir0/Npix0.fits");
        assertThat(tile.physical(7, 0)).isEqualTo(-32767);
        assertThat(tile.physical(6, 0)).isEqualTo(32767);
        assertThat(tile.physical(7, 1)).isNaN();
        assertThat(tile.physical(6, 1)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source: {map: stokes.fits, polarization: angle, column: I, column-u: X} | a column 'X', found columns"
                        + " 1 'I'",
                "source: {map: one.fits, polarization: intensity} | a column of Stokes Q (or name it: --column Q,U),"
                        + " found 1 'V'",
                "source: {map: one.fits, cube: columns} | several maps for a cube, found 1; --cube hdus looks"
                        + " elsewhere",
                "source: {map: one.fits, cube: hdus} | several maps for a cube, found 1; --cube columns",
                "source: {red: {map: one.fits}, green: {map: stokes.fits}, blue: {map: one.fits}} | as the others"
                        + " have, found order 3",
                "source: {map: one.fits}\\ntiles: {order: 9} | --resampling bilinear finer pixels",
                "source: {map: one.fits}\\n"
                        + "tiles: {moc: none.fits} | none.fits': expected a MOC file, found no such file",
                "source: {map: one.fits}\\n"
                        + "tiles: {moc: empty.txt} | expected a MOC that covers something, found an empty one",
                "source: {map: one.fits}\\ntiles: {moc: part.txt} | found integers without a blank; give --bitpix too",
                "source: {map: one.fits}\\n"
                        + "display: {composition: lupton} | composition is for colours of three sources",
                "source: {map: one.fits}\\n"
                        + "display: {cut: 3 3} | a cut needs the smaller value first, found 3.0 and 3.0",
                "source: {map: one.fits}\\n"
                        + "display: {cut: 1% 101%} | percentiles must be 0% to 100%, found 1.0% and 101.0%",
                "source: {map: one.fits}\\ntiles: {bitpix: 16, bscale: 0} | BSCALE must be finite and not 0",
                "source: {hips: nothing} | nothing': expected a HiPS, which has a file 'properties', found none",
                "source: {hips: 'http://x.example/a'} | expected a folder, found an address on the web"
            })
    void refusesWhatCannotBeMade(String yaml, String message) throws IOException {
        stokes();
        TestMap.wholeSky(8, "RING").column("V", 'I', 1, p -> p).write(folder.resolve("one.fits"));
        Files.writeString(folder.resolve("empty.txt"), "3/");
        Files.writeString(folder.resolve("part.txt"), "2/0-90");
        assertThatThrownBy(() -> make(yaml.replace("\\n", "\n"), "s"))
                .isInstanceOfAny(ConfigException.class, MalformedDataException.class)
                .hasMessageContaining(message);
        assertThat(folder.resolve("s")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tiles: {formats: [fits]} | formats of colours must be of png, jpeg and webp, found fits",
                "tiles: {bitpix: 16} | bitpix is for fits tiles, which colours do not have",
                "display: {colormap: viridis} | a colour map is for single values, found three that make a colour",
                "display: {cut: 1 2 / 3 4} | a colour needs one cut, or three with / between, found '1 2 / 3 4'",
                "display: {cut: [1 2, 3 4, 9 8]} | a cut needs the smaller value first, found 9.0 and 8.0",
                "display: {composition: rgb} | composition must be channels or lupton, found 'rgb'"
            })
    void refusesWhatColoursCannotBe(String yaml, String message) throws IOException {
        stokes();
        assertThatThrownBy(() -> make(COLOUR + yaml, "s"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    private Path first() throws IOException {
        stokes();
        return make("source: {map: stokes.fits}\ntiles: {formats: [fits, png, jpeg], width: 4}", "first");
    }

    @Test
    void aSurveyFromASurveyOfAnyWidthHasTheSameValues() throws IOException {
        Path first = first();
        for (int width : new int[] {2, 8}) {
            Path again = make("source: {hips: first}\ntiles: {formats: [fits], width: " + width + "}", "again" + width);
            Path map =
                    make("source: {map: stokes.fits}\ntiles: {formats: [fits], width: " + width + "}", "map" + width);
            for (int order = 0; 1 << order <= 16 / width; order++) {
                for (long tile = 0; tile < HealpixGrid.pixelCount(order); tile++) {
                    String name = "Norder" + order + "/Dir0/Npix" + tile + ".fits";
                    if (Files.exists(map.resolve(name))) {
                        assertThat(tile(again, name).data())
                                .as(width + " " + name)
                                .isEqualTo(tile(map, name).data());
                    } else {
                        assertThat(again.resolve(name)).doesNotExist();
                    }
                }
            }
        }
        assertThat(new FolderStore(first).read("properties", 1 << 20)).isPresent();
    }

    @Test
    void aSurveyFromASurveySaysWhatItShowsAndWhence() throws IOException {
        first();
        Path old = folder.resolve("first/properties");
        Files.writeString(
                old,
                Files.readString(old).replaceAll("(?m)^hips_status.*", "hips_status = private master clonableOnce")
                        + "obs_regime = Radio\nobs_regime = Optical\nhips_service_url = http://x.example/first\n");
        Path again = make(
                "source: {hips: first}\nid: ivo://test/P/again\n".replace("id: ivo://test/P/again\n", ""), "again");
        HipsProperties list = HipsProperties.parse(Files.readAllBytes(again.resolve("properties")), "properties");
        assertThat(list.values("obs_regime")).containsExactly("Radio", "Optical");
        assertThat(list.value("prov_progenitor")).contains("ivo://test/P/x");
        assertThat(list.value("hips_status")).contains("private master unclonable");
        assertThat(list.value("hips_release_date")).contains("2026-03-01T12:00Z");
        assertThat(list.value("hips_service_url")).isEmpty();
        assertThat(list.value("hips_pixel_cut"))
                .isEqualTo(HipsProperties.parse(Files.readAllBytes(old), "old").value("hips_pixel_cut"));
    }

    @Test
    void picturesAreTakenWhereThereAreNoValuesAndPassedOnWhole() throws IOException {
        Path first = first();
        try (var files = Files.walk(first)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".fits")).toList()) {
                Files.delete(file);
            }
        }
        Path again = make("source: {hips: first}\ntiles: {formats: [png, jpeg]}", "again");
        String deepest = "Norder2/Dir0/Npix100.png";
        assertThat(again.resolve(deepest)).hasSameBinaryContentAs(first.resolve(deepest));
        BufferedImage parent =
                ImageIO.read(again.resolve("Norder1/Dir0/Npix25.png").toFile());
        BufferedImage child = ImageIO.read(first.resolve(deepest).toFile());
        int sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += child.getRGB(i % 2, i / 2) & 0xff;
        }
        assertThat(parent.getRGB(0, 0) & 0xff).isCloseTo(sum / 4, within(1));
        assertThatThrownBy(() -> make("source: {hips: first}\ndisplay: {cut: 0 9}", "cut"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("found a survey of pictures, whose colours stay as they are");
        assertThatThrownBy(() -> make("source: {red: {hips: first}, green: {hips: first}, blue: {hips: first}}", "rgb"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining(
                        "expected fits tiles, whose values can be a channel of a colour, found png tiles");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hips_frame.* | hips_frame = mars | expected hips_frame of equatorial, galactic or ecliptic, found"
                        + " mars",
                "dataproduct_type.* | dataproduct_type = catalog | expected a survey of images, found dataproduct_type"
                        + " = catalog",
                "hips_tile_width.* | hips_tile_width = 8 | expected 8×8 pixels, found 4×4",
                "hips_order .* | hips_order = 28 | expected an order and a tile width of pixels of order 29 at most",
                "hips_order .* | hips_ordr = 3 | expected hips_order, found none"
            })
    void refusesASurveyThatCannotBeASource(String line, String instead, String message) throws IOException {
        Path list = first().resolve("properties");
        Files.writeString(list, Files.readString(list).replaceAll("(?m)^" + line + "$", instead));
        assertThatThrownBy(() -> make("source: {hips: first}", "again"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining(message);
    }

    /** A damaged tile is never taken for a missing one. */
    @ParameterizedTest
    @ValueSource(strings = {"fits", "png"})
    void refusesADamagedTile(String extension) throws IOException {
        Path first = first();
        if (!extension.equals("fits")) {
            try (var files = Files.walk(first)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".fits")).toList()) {
                    Files.delete(file);
                }
            }
        }
        Path tile = first.resolve("Norder2/Dir0/Npix100." + extension);
        byte[] bytes = Files.readAllBytes(tile);
        Files.write(tile, java.util.Arrays.copyOf(bytes, bytes.length / 3));
        assertThatThrownBy(() -> make("source: {hips: first}", "again"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("Npix100." + extension);
        assertThat(folder.resolve("again")).doesNotExist();
    }

    @Test
    void aTreeThatIsLessDeepThanItSaysIsTakenAsDeepAsItIs() throws IOException {
        Path first = first();
        try (var files = Files.walk(first.resolve("Norder2"))) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        Progress progress = new Progress(new AtomicLong()::incrementAndGet);
        try (Generation generation = Generation.prepare(definition("source: {hips: first}"), "x", 1, progress)) {
            assertThat(generation.plan().layout().order()).isEqualTo(1);
            assertThat(String.join("\n", generation.warnings()))
                    .contains("says hips_order = 2 but has no tiles below order 1");
        }
    }

    @Test
    void onlyThePartInARegionIsMade() throws IOException {
        first();
        Moc part = new Moc.Builder(2).add(2, 7).add(2, 100).build();
        Files.write(folder.resolve("part.fits"), MocFits.write(part, 'G', MocFits.Encoding.RANGE));
        Path cut = make("source: {hips: first}\ntiles: {formats: [fits], moc: part.fits}", "cut");
        assertThat(MocFits.read(Files.readAllBytes(cut.resolve("Moc.fits")), "Moc.fits")
                        .moc()
                        .degraded(2))
                .isEqualTo(part);
        assertThat(tile(cut, "Norder2/Dir0/Npix100.fits").data())
                .isEqualTo(tile(folder.resolve("first"), "Norder2/Dir0/Npix100.fits")
                        .data());
        assertThat(List.of(cut.resolve("Norder2/Dir0/Npix101.fits"), cut.resolve("Norder0/Dir0/Npix5.fits")))
                .allMatch(file -> !Files.exists(file));
    }

    /** The band in the middle has coarser pixels: it is sampled for the grid of the others. */
    @Test
    void threeCollectionsOfImagesMakeOneColour() throws IOException {
        TestImage.around(40, 30, 0.1, 60, (x, y) -> 90).write(folder.resolve("r/a.fits"));
        TestImage.around(40, 30, 0.3, 20, (x, y) -> 60).write(folder.resolve("g/a.fits"));
        TestImage.around(40, 30, 0.1, 60, (x, y) -> 30).write(folder.resolve("b/a.fits"));
        Path survey = folder.resolve("colour");
        SurveyDefinition definition = definition("""
            source:
              red: {images: [r]}
              green: {images: [g]}
              blue: {images: [b]}
            display: {composition: channels, stretch: linear, cut: 0 100}
            """);
        try (Generation generation =
                Generation.prepare(definition, "colour", 2, new Progress(new AtomicLong()::incrementAndGet))) {
            generation.make(survey, 2, new Progress(new AtomicLong()::incrementAndGet), "test");
        }
        HipsProperties list = HipsProperties.parse(Files.readAllBytes(survey.resolve("properties")), "properties");
        int order = Integer.parseInt(list.value("hips_order").orElseThrow());
        int width = Integer.parseInt(list.value("hips_tile_width").orElseThrow());
        long pixel = HealpixGrid.ofOrder(order + Integer.numberOfTrailingZeros(width))
                .nestedAt(SkyPoint.ofDegrees(40, 30));
        TileAddress tile = new TileAddress(order, pixel / width / width);
        BufferedImage picture = ImageIO.read(
                survey.resolve(TreeName.tile(tile, TileFormat.PNG).toString()).toFile());
        int at = PixelOrder.fitsOffset(width, pixel % ((long) width * width));
        int colour = picture.getRGB(at % width, width - 1 - at / width);
        assertThat(colour >> 16 & 0xff).isCloseTo(230, within(2));
        assertThat(colour >> 8 & 0xff).isCloseTo(153, within(2));
        assertThat(colour & 0xff).isCloseTo(77, within(2));
        assertThat(list.value("hips_rgb_green").orElseThrow()).startsWith("g ");
    }
}
