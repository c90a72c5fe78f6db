package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.hipsnode.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Surveys against the maps that they were made from, compared by healpy and astropy. */
class OracleIT {
    @TempDir
    private Path folder;

    @Test
    void mapsWrittenByHealpyBecomeTheirSurveys() throws IOException {
        Python.require();
        Path maps = Files.createDirectories(folder.resolve("maps"));
        assertThat(Python.script("make_maps.py", maps)).matches(e -> e.code() == 0);
        List<String> surveys = new ArrayList<>();
        for (String map : names(maps)) {
            surveys.add(maps.resolve(map) + " " + generate(maps.resolve(map)));
        }
        assertThat(surveys).hasSizeGreaterThanOrEqualTo(12);
        for (String column : List.of("3", "Q_POLARISATION")) {
            Path map = maps.resolve("polarised.fits");
            surveys.add(map + " " + generate(map, "--column", column) + " --column " + column);
        }
        assertRight(surveys);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Compares surveys with their maps, each by a line of arguments of the script. */
    private void assertRight(List<String> surveys) throws IOException {
        Path list = Files.write(folder.resolve("list"), surveys);
        Program.Ended checked = Python.script("check_survey.py", "--list", list);
        List<String> found = checked.out().lines().toList();
        assertThat(found).as(checked.toString()).hasSameSizeAs(surveys);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).as(surveys.get(i)).startsWith("right:");
        }
    }

    /** The script must be able to find fault. */
    @Test
    void theScriptFindsADamagedTileAWrongMapAndAWrongFrame() throws IOException {
        Python.require();
        Path maps = Files.createDirectories(folder.resolve("maps"));
        Python.script("make_maps.py", maps);
        Path survey = generate(maps.resolve("ring.fits"));
        assertThat(Python.script("check_survey.py", maps.resolve("masked.fits"), survey)
                        .out())
                .contains("WRONG");
        assertThat(Python.script("check_survey.py", maps.resolve("nested.fits"), survey)
                        .out())
                .contains("WRONG: frame");
        Path painted = make(maps.resolve("ring.fits"), List.of());
        Files.copy(
                painted.resolve("Norder3/Dir0/Npix7.png"),
                painted.resolve("Norder3/Dir0/Npix300.png"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(Python.script("check_survey.py", maps.resolve("ring.fits"), painted)
                        .out())
                .contains("WRONG", "Npix300.png: differs by");
        Path tile = survey.resolve("Norder3/Dir0/Npix100.fits");
        byte[] bytes = Files.readAllBytes(tile);
        bytes[2880 + 17] ^= 1;
        Files.write(tile, bytes);
        assertThat(Python.script("check_survey.py", maps.resolve("ring.fits"), survey)
                        .out())
                .contains("Npix100.fits: checksum");
    }

    private Path generate(Path map, Object... arguments) throws IOException {
        Path survey = folder.resolve("survey-" + map.getFileName() + String.join("-", strings(arguments)));
        List<Object> all = new ArrayList<>(List.of("generate", map, "--out", survey, "--quiet", "--formats", "fits"));
        all.addAll(List.of(arguments));
        Program.Ended ended = Program.run(all.toArray());
        assertThat(ended.code()).as(ended.toString()).isZero();
        return survey;
    }

    private static List<String> strings(Object... arguments) {
        return Stream.of(arguments).map(Object::toString).toList();
    }

    /** Columns and HDUs of the real data that hide traps, beside the ones taken of themselves. */
    private static final List<String> OTHER_COLUMNS = List.of(
            "bayestar.multiorder.fits --column DISTMU",
            "check1therm_353p0_64.fits --column U_STOKES",
            "fermi_3fhl_exposure_cube_hpx.fits.gz --column ENERGY18",
            "hermes_pi0_CMZ_nside256_partial.fits.gz --hdu 18",
            "pol_float_map.fits --column Q",
            "wmap_band_iqumap_r9_7yr_W_v4_udgraded32_masked.fits --column 2",
            "wmap_mcmc_base_k_synch_stk_q_9yr_v5.fits --column VARIANCE");

    /** Maps of 50 million pixels: made once, and looked at in part. */
    private static final Set<String> LARGE = Set.of("bayestar.multiorder.fits", "ligo_simulated.fits.gz");

    private static final List<String> STRETCHES = List.of("pow", "log", "sqrt", "asinh", "linear");

    /** Every map of the real data, as it is made by default, and averaged into wider tiles of other formats. */
    @Test
    void realMapsBecomeTheirSurveysInTwoSettings() throws IOException {
        Path maps = SharedData.require("healpix");
        Python.require();
        List<String> wanted = names(maps);
        assertThat(wanted).hasSizeGreaterThanOrEqualTo(20);
        List<String> surveys = new ArrayList<>();
        for (String map : wanted) {
            Path survey = make(maps.resolve(map), List.of());
            String part = LARGE.contains(map) ? " --part 6" : "";
            surveys.add(maps.resolve(map) + " " + survey + part);
            if (!LARGE.contains(map)) {
                surveys.add(maps.resolve(map) + " " + make(maps.resolve(map), otherSettings(survey, surveys.size())));
            }
        }
        for (String line : OTHER_COLUMNS) {
            List<String> words = List.of(line.split(" "));
            Path survey = make(maps.resolve(words.get(0)), words.subList(1, words.size()));
            String part = LARGE.contains(words.get(0)) ? " --part 6" : "";
            surveys.add(maps.resolve(words.get(0)) + " " + survey + " "
                    + String.join(" ", words.subList(1, words.size())) + part);
        }
        assertRight(surveys);
    }

    private Path make(Path map, List<String> settings) throws IOException {
        Path survey = folder.resolve(map.getFileName() + String.join("", settings));
        List<Object> all = new ArrayList<>(List.of("generate", map, "--out", survey, "--quiet"));
        all.addAll(settings);
        Program.Ended ended = Program.run(all.toArray());
        assertThat(ended.code()).as("%s: %s", map, ended).isZero();
        return survey;
    }

    /** Twice the width of a survey made by default, one order less than there could be then, another display. */
    private static List<String> otherSettings(Path survey, int number) throws IOException {
        Properties made = new Properties();
        try (var in = Files.newBufferedReader(survey.resolve("properties"))) {
            made.load(in);
        }
        return List.of(
                "--tile-width=" + 2 * Integer.parseInt(made.getProperty("hips_tile_width")),
                "--order=" + (Integer.parseInt(made.getProperty("hips_order")) - 2),
                "--formats=webp,fits,jpeg",
                "--cut=2%,98%",
                "--stretch=" + STRETCHES.get(number / 2 % STRETCHES.size()));
    }

    /** An eye test made by numbers: the Crab of the 70 GHz map, and one Earth in two frames. */
    @Test
    void theFrameIsRight() throws IOException {
        Path map = SharedData.require("healpix/BP7_70GHz_nocmb_n0256.fits");
        Path survey = generate(map);
        String properties = Files.readString(survey.resolve("properties")).toLowerCase(Locale.ROOT);
        assertThat(properties).contains("hips_frame           = galactic");
        // l, b = 184.57, −5.83: the brightest pixel, in tile 3/?? of width 32
        var grid = org.hipsnode.healpix.HealpixGrid.ofOrder(8);
        long pixel = grid.nestedAt(org.hipsnode.sky.SkyPoint.ofDegrees(184.570312, -5.829153));
        var tile = org.hipsnode.fits.FitsImage.parse(
                Files.readAllBytes(survey.resolve("Norder3/Dir0/Npix" + pixel / 1024 + ".fits")), "tile");
        int offset = org.hipsnode.tile.PixelOrder.fitsOffset(32, pixel % 1024);
        assertThat(tile.physical(offset / 32, offset % 32)).isEqualTo(70119.7578125);
    }

    @Test
    void oneEarthInTwoFramesIsOneEarth() throws IOException {
        Path equatorial = generate(SharedData.require("healpix/earth_healpix_equ.fits"), "--map-frame", "equatorial");
        Path galactic = generate(SharedData.require("healpix/earth_healpix_gal.fits"));
        double same = 0;
        double mirrored = 0;
        int count = 0;
        var grid = org.hipsnode.healpix.HealpixGrid.ofOrder(4);
        for (long cell = 0; cell < grid.pixelCount(); cell++) {
            var icrs = grid.centre(cell);
            double here = value(equatorial, icrs);
            same += Math.abs(here - value(galactic, toGalactic(icrs)));
            mirrored += Math.abs(here
                    - value(
                            galactic,
                            toGalactic(new org.hipsnode.sky.SkyPoint(-icrs.lonRadians(), icrs.latRadians()))));
            count++;
        }
        // the two were drawn at nside 64 each, so their grid lines fall differently; a wrong frame or hand is far worse
        assertThat(same / count).isLessThan(12);
        assertThat(mirrored).isGreaterThan(2 * same);
    }

    private static org.hipsnode.sky.SkyPoint toGalactic(org.hipsnode.sky.SkyPoint icrs) {
        return org.hipsnode.sky.Frame.GALACTIC.fromIcrs(icrs.vector()).point();
    }

    private static double value(Path survey, org.hipsnode.sky.SkyPoint point) throws IOException {
        long pixel = org.hipsnode.healpix.HealpixGrid.ofOrder(6).nestedAt(point);
        var tile = org.hipsnode.fits.FitsImage.parse(
                Files.readAllBytes(survey.resolve("Norder3/Dir0/Npix" + pixel / 64 + ".fits")), "tile");
        int offset = org.hipsnode.tile.PixelOrder.fitsOffset(8, pixel % 64);
        return tile.physical(offset / 8, offset % 8);
    }
}
