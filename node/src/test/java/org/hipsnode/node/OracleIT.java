package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hipsnode.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Surveys against the maps that they were made from, compared by healpy and astropy. */
class OracleIT {
    @TempDir
    private Path folder;

    @Test
    void mapsWrittenByHealpyBecomeTheirSurveys() throws IOException {
        Python.require();
        Path maps = Files.createDirectories(folder.resolve("maps"));
        assertThat(Python.script("make_maps.py", maps)).matches(e -> e.code() == 0);
        try (Stream<Path> all = Files.list(maps)) {
            List<Path> sorted = all.sorted().toList();
            assertThat(sorted).hasSizeGreaterThanOrEqualTo(12);
            for (Path map : sorted) {
                assertRight(map);
            }
        }
        assertRight(maps.resolve("polarised.fits"), "--column", "3");
        assertRight(maps.resolve("polarised.fits"), "--column", "Q_POLARISATION");
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

    private void assertRight(Path map, Object... arguments) throws IOException {
        Path survey = generate(map, arguments);
        List<Object> all = new ArrayList<>(List.of(map, survey));
        all.addAll(List.of(arguments));
        Program.Ended checked = Python.script("check_survey.py", all.toArray());
        assertThat(checked.code()).as("%s: %s", map, checked).isZero();
        assertThat(checked.out()).startsWith("right:");
        org.hipsnode.io.AtomicFiles.deleteTree(survey);
    }

    /** Every map of the real data, with the columns and HDUs that hide traps. */
    @ParameterizedTest
    @CsvSource({
        "BP7_70GHz_nocmb_n0256.fits",
        "bayestar.multiorder.fits",
        "bayestar.multiorder.fits --column DISTMU",
        "check1therm_353p0_64.fits --column U_STOKES",
        "earth_healpix_equ.fits",
        "earth_healpix_gal.fits",
        "fermi_3fhl_exposure_cube_hpx.fits.gz --column ENERGY18",
        "float_map_nest.fits",
        "gaia_dr2_rv_nside256_nested.fits",
        "gaiadr3.nside64.densmap.fits",
        "hats_explicit_nside64.fits",
        "hermes_pi0_CMZ_nside256_partial.fits.gz",
        "hermes_pi0_CMZ_nside256_partial.fits.gz --hdu 18",
        "int_map.fits",
        "ligo_simulated.fits.gz",
        "pol_float_map.fits --column Q",
        "reproject_bayestar.fits.gz",
        "skymap.2mass.depth6.fits",
        "wmap_band_iqumap_r9_7yr_W_v4_udgraded32.fits",
        "wmap_band_iqumap_r9_7yr_W_v4_udgraded32_masked.fits --column 2",
        "wmap_mcmc_base_k_synch_stk_q_9yr_v5.fits --column VARIANCE",
        "wmap_temperature_analysis_mask_r9_7yr_v4_udgraded32.fits"
    })
    void realMapsBecomeTheirSurveys(String line) throws IOException {
        String[] words = line.split(" ");
        Path map = SharedData.require("healpix/" + words[0]);
        Python.require();
        assertRight(map, (Object[]) java.util.Arrays.copyOfRange(words, 1, words.length));
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
