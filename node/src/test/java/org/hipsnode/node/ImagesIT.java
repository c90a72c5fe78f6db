package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hipsnode.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Surveys of FITS images, compared by astropy with the images, and what becomes of them when images change. */
class ImagesIT {
    private static final String ID = "ivo://test.org/P/images";

    @TempDir
    private Path folder;

    private Program.Ended generate(Object... arguments) throws IOException {
        List<Object> all = new ArrayList<>(List.of("generate", "--id", ID));
        all.addAll(List.of(arguments));
        return Program.run(all.toArray());
    }

    private static void assertAgrees(Object... arguments) throws IOException {
        Program.Ended checked = Python.script("check_images.py", arguments);
        assertThat(checked.code()).as(checked.toString()).isZero();
        assertThat(checked.out()).contains("pixels agree");
    }

    private Path images() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        assertThat(Python.script("make_images.py", images)).matches(e -> e.code() == 0);
        return images;
    }

    @Test
    void packedAndCompressedImagesOfAFolderAreAddedUpAsAstropyDoes() throws IOException {
        Python.require();
        Path images = images();
        Path survey = folder.resolve("survey");
        Program.Ended made = generate(images, "--out", survey, "--formats", "fits,png");
        assertThat(made.code()).as(made.toString()).isZero();
        assertThat(made.err()).contains("left out", "nowcs.fits", "lossy.png");
        assertThat(Files.readString(survey.resolve("properties")))
                .contains("hips_sampling        = bilinear")
                .contains("hips_frame           = equatorial")
                .contains("hips_bunit           = Jy")
                .contains("t_min                = 58850.127836")
                .contains("hips_release_date    = 2021-01-01T00:00Z");
        Object[] all = {
            survey,
            "mean",
            images.resolve("a.fits"),
            images.resolve("b.fits.gz"),
            images.resolve("c.fits.fz") + ",1",
            images.resolve("sub/d.fits.bz2"),
            images.resolve("sub/e.fits.fz") + ",1",
            images.resolve("far/far.fits")
        };
        assertAgrees(all);
        Path galactic = folder.resolve("galactic");
        generate(
                images.resolve("a.fits"),
                images.resolve("b.fits.gz"),
                "--coadd",
                "last",
                "--frame",
                "galactic",
                "--out",
                galactic,
                "--formats",
                "fits");
        assertAgrees(galactic, "last", images.resolve("a.fits"), images.resolve("b.fits.gz"));
        // the script must be able to find fault
        assertThat(Python.script(
                                "check_images.py",
                                galactic,
                                "first",
                                images.resolve("a.fits"),
                                images.resolve("b.fits.gz"))
                        .code())
                .isEqualTo(1);
    }

    @Test
    void whatAChangedImageDoesNotTouchIsKept() throws IOException {
        Python.require();
        Path images = images();
        Path survey = folder.resolve("survey");
        assertThat(generate(images, "--out", survey, "--formats", "fits,png", "--cut", "80,120")
                        .code())
                .isZero();
        Path far = Files.copy(images.resolve("far/far.fits"), folder.resolve("far.fits"));
        Files.delete(images.resolve("far/far.fits"));
        Program.Ended again = generate(images, "--out", survey, "--formats", "fits,png", "--cut", "80,120");
        assertThat(again.code()).as(again.toString()).isZero();
        assertThat(again.out()).contains("tiles were there already");
        Files.move(far, images.resolve("far/far.fits"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(generate(images, "--out", survey, "--formats", "fits,png", "--cut", "80,120")
                        .code())
                .isZero();
        Path fresh = folder.resolve("fresh");
        assertThat(generate(images, "--out", fresh, "--formats", "fits,png", "--cut", "80,120")
                        .code())
                .isZero();
        for (Path tile : tiles(fresh)) {
            assertThat(survey.resolve(fresh.relativize(tile))).hasSameBinaryContentAs(tile);
        }
    }

    private static List<Path> tiles(Path survey) throws IOException {
        try (Stream<Path> all = Files.walk(survey)) {
            List<Path> tiles = all.filter(file -> file.toString().endsWith(".fits"))
                    .filter(Files::isRegularFile)
                    .toList();
            assertThat(tiles).hasSizeGreaterThan(10);
            return tiles;
        }
    }

    @Test
    void realImagesAgree() throws IOException {
        Python.require();
        Path data = SharedData.require("wcs");
        for (String name : List.of("SFD_dust_4096_ngp_cutout.fits", "gc_msx_e.fits", "HorseHead.fits")) {
            Path survey = folder.resolve(name.replace(".fits", ""));
            Program.Ended made = generate(data.resolve(name), "--out", survey, "--formats", "fits");
            assertThat(made.code()).as(made.toString()).isZero();
            assertAgrees(survey, "mean", data.resolve(name));
        }
        Path herschel = folder.resolve("herschel");
        generate(data.resolve("herschel_spire.fits.gz"), "--hdu", "coverage", "--out", herschel, "--formats", "fits");
        assertAgrees(herschel, "mean", data.resolve("herschel_spire.fits.gz") + ",3");
    }

    /** The coverage of a map of Herschel as its weights. */
    @Test
    void areasWeightedByCoverageAgree() throws IOException {
        Python.require();
        Path herschel = SharedData.require("wcs").resolve("herschel_spire.fits.gz");
        Path survey = folder.resolve("areas");
        Program.Ended made = generate(
                herschel,
                "--hdu",
                "image",
                "--weights",
                "coverage",
                "--resampling",
                "area",
                "--out",
                survey,
                "--formats",
                "fits");
        assertThat(made.code()).as(made.toString()).isZero();
        Program.Ended checked = Python.script("check_areas.py", survey, herschel + ",1,3");
        assertThat(checked.code()).as(checked.toString()).isZero();
        Path points = folder.resolve("points");
        generate(herschel, "--hdu", "image", "--out", points, "--formats", "fits");
        // the script must be able to find fault
        assertThat(Python.script("check_areas.py", points, herschel + ",1,3").code())
                .isEqualTo(1);
    }

    @Test
    void aSurveyIsNotMadeAmongItsImages() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        Path image = images.resolve("a.fits");
        Files.copy(SharedData.require("wcs").resolve("gc_2mass_j.fits"), image);
        Program.Ended refused = generate(images, "--out", images.resolve("survey"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("outside of the images");
    }
}
