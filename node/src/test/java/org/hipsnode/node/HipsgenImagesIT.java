package org.hipsnode.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One collection of images by hipsnode and by Hipsgen, tile by tile: what {@code docs/engines.md} says of the differences. */
class HipsgenImagesIT {
    @TempDir
    private Path folder;

    private Path images = Path.of("");

    /** Two images that overlap, and one far away. */
    @BeforeEach
    void writeImages() throws IOException {
        Hipsgen.require();
        images = folder.resolve("images");
        MadeImages.write(images.resolve("a.fits"), new MadeImages.Place(10, 20, 0), 1);
        MadeImages.write(images.resolve("b.fits"), new MadeImages.Place(10.3, 20.2, 30), 2);
        MadeImages.write(images.resolve("c.fits"), new MadeImages.Place(40, -10, -15), 3);
    }

    private Path ours() throws IOException {
        Path survey = folder.resolve("ours");
        Program.Ended made = Program.run(
                "generate",
                images,
                "--out",
                survey,
                "--id",
                "ivo://hipsnode.test/P/images",
                "--formats",
                "fits",
                "--quiet");
        assertThat(made.code()).as(made.toString()).isZero();
        return survey;
    }

    private Path theirs() throws IOException {
        Path survey = folder.resolve("theirs");
        String said = Hipsgen.run(
                "in=" + images, "out=" + survey, "creator_did=hipsnode.test/P/images", "INDEX", "TILES", "DETAILS");
        assertThat(said).contains("THE END").doesNotContain("*ERROR", "ABORT");
        return survey;
    }

    private static Set<String> names(Path survey, String pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(survey)) {
            files.map(file -> survey.relativize(file).toString())
                    .filter(name -> name.matches(pattern))
                    .forEach(names::add);
        }
        return names;
    }

    private static int order(Path survey) throws IOException {
        HipsProperties properties =
                HipsProperties.parse(Files.readAllBytes(survey.resolve("properties")), "properties");
        return Integer.parseInt(properties.value("hips_order").orElseThrow());
    }

    /** Pixels of a tile in both surveys: how far values are apart, sorted, and how many have a value in one only. */
    private record Pixels(List<Double> differences, int onlyOurs, int onlyTheirs) {
        static Pixels of(Path ours, Path theirs, String tile) throws IOException {
            FitsImage one = FitsImage.parse(Files.readAllBytes(ours.resolve(tile)), tile);
            FitsImage other = FitsImage.parse(Files.readAllBytes(theirs.resolve(tile)), tile);
            assertThat(other.width()).as(tile).isEqualTo(one.width());
            List<Double> differences = new ArrayList<>();
            int[] alone = new int[2];
            for (int i = 0; i < one.width() * one.width(); i++) {
                double value = one.physical(i / one.width(), i % one.width());
                double theirValue = other.physical(i / one.width(), i % one.width());
                if (!Double.isNaN(value) && !Double.isNaN(theirValue)) {
                    differences.add(Math.abs(value - theirValue));
                } else if (!Double.isNaN(value)) {
                    alone[0]++;
                } else if (!Double.isNaN(theirValue)) {
                    alone[1]++;
                }
            }
            return new Pixels(differences.stream().sorted().toList(), alone[0], alone[1]);
        }

        /** Returns the difference that a part of all pixels do not exceed, in standard deviations of the noise. */
        double within(double part) {
            return differences.get((int) (part * (differences.size() - 1))) / MadeImages.SIGMA;
        }
    }

    @Test
    void bothMakeTheSameTilesOfTheSameImages() throws IOException {
        Path ours = ours();
        Path theirs = theirs();
        int order = order(ours);
        assertThat(order(theirs)).isEqualTo(order);
        String tiles = "Norder\\d+/Dir\\d+/Npix\\d+\\.fits";
        assertThat(names(ours, tiles)).isEqualTo(names(theirs, tiles)).hasSizeGreaterThan(15);
        int ofOneImage = 0;
        for (String tile : names(ours, tiles)) {
            Pixels pixels = Pixels.of(ours, theirs, tile);
            assertThat(pixels.differences.size()).as(tile).isPositive();
            assertThat(pixels.onlyOurs)
                    .as("where Hipsgen has nothing: %s", tile)
                    .isZero();
            if (tile.startsWith("Norder" + order + "/")) {
                assertSameValues(pixels, tile);
                if (progenitors(ours, tile).size() == 1) {
                    assertThat(pixels.within(0.99)).as(tile).isLessThan(0.003);
                    ofOneImage++;
                }
            } else if (tile.startsWith("Norder" + (order - 1) + "/")) {
                assertThat(pixels.within(0.5)).as("means of four: %s", tile).isLessThan(0.0003);
            }
        }
        assertThat(ofOneImage).isPositive();
        assertProgenitorsAreHalfAPixelApart(ours, theirs);
    }

    /** Where images overlap both take the mean, but Hipsgen has an image reach a little beyond its pixels' edges. */
    private static void assertSameValues(Pixels pixels, String tile) {
        assertThat(pixels.within(0.5)).as(tile).isLessThan(0.0003);
        assertThat(pixels.within(0.9)).as(tile).isLessThan(0.001);
        assertThat(pixels.onlyTheirs).as("off the images: %s", tile).isLessThan(pixels.differences.size() / 50);
    }

    private static void assertProgenitorsAreHalfAPixelApart(Path ours, Path theirs) throws IOException {
        String lists = "HpxFinder/Norder\\d+/Dir\\d+/Npix\\d+";
        assertThat(names(ours, lists)).isEqualTo(names(theirs, lists)).isNotEmpty();
        for (String list : names(ours, lists)) {
            Map<String, JsonNode> found = progenitors(ours.resolve(list));
            Map<String, JsonNode> known = progenitors(theirs.resolve(list));
            assertThat(found.keySet()).as(list).isEqualTo(known.keySet());
            found.forEach(
                    (name, image) -> assertHalfAPixelApart(corners(image), corners(requireNonNull(known.get(name)))));
        }
    }

    private static void assertHalfAPixelApart(List<UnitVector> ours, List<UnitVector> theirs) {
        assertThat(ours).hasSize(4).hasSameSizeAs(theirs);
        for (int i = 0; i < 4; i++) {
            double pixels = Math.toDegrees(ours.get(i).angleTo(theirs.get(i))) / MadeImages.SCALE;
            assertThat(pixels).as("along both axes").isCloseTo(Math.sqrt(0.5), within(0.01));
        }
    }

    private static Map<String, JsonNode> progenitors(Path survey, String tile) throws IOException {
        return progenitors(survey.resolve("HpxFinder").resolve(tile.replace(".fits", "")));
    }

    private static Map<String, JsonNode> progenitors(Path list) throws IOException {
        Map<String, JsonNode> progenitors = new HashMap<>();
        for (String line : Files.readAllLines(list)) {
            JsonNode image = new ObjectMapper().readTree(line);
            progenitors.put(image.get("name").asText(), image);
        }
        return progenitors;
    }

    /** Returns the corners of a polygon of STC-S, whose sequence is that of the image's. */
    private static List<UnitVector> corners(JsonNode image) {
        String[] words = image.get("stc").asText().replace("POLYGON J2000 ", "").split(" ");
        List<UnitVector> corners = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            corners.add(SkyPoint.ofDegrees(Double.parseDouble(words[i]), Double.parseDouble(words[i + 1]))
                    .vector());
        }
        return corners;
    }
}
