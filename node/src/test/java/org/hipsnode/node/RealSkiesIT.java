package org.hipsnode.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hipsnode.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real images and maps as Aladin Lite shows their surveys: known objects are where they are; a picture of each is kept. */
class RealSkiesIT {
    @TempDir
    private Path folder;

    private final List<Map<String, Object>> views = new ArrayList<>();

    private static Path data(String name) {
        return SharedData.require(name);
    }

    /** Makes a survey, and says how it is to be looked at: on a plane, or in the projection that is named. */
    private void make(String name, String definition, Map<String, Object> view, double[]... places) throws IOException {
        MadeSurveys.make(folder, name, "tiles: {formats: [png]}\n" + definition);
        Map<String, Object> all = new HashMap<>(view);
        all.putAll(Map.of(
                "survey", name,
                "picture", Browser.screenshots().resolve("sky-" + name + ".png").toString(),
                "places", places));
        views.add(all);
    }

    private static double[] at(double ra, double dec) {
        return new double[] {ra, dec};
    }

    private static Map<String, Object> field(double ra, double dec, double fov) {
        return Map.of("ra", ra, "dec", dec, "fov", fov);
    }

    private static final Map<String, Object> WHOLE_SKY =
            Map.of("ra", 0, "dec", 0, "fov", 360, "projection", "AIT", "frame", "GAL");

    private static Map<String, Object> globe(double longitude) {
        return Map.of("ra", longitude, "dec", 0, "fov", 170, "projection", "SIN");
    }

    private Map<String, JsonNode> look() throws IOException {
        Path file = folder.resolve("views.json");
        Files.writeString(file, new ObjectMapper().writeValueAsString(views));
        try (Program.Started server = Program.serve(folder)) {
            JsonNode report = Browser.script(
                    SharedData.project().resolve("node/src/test/browser/skies.mjs"), server.firstLine(), file);
            assertThat(report.get("foreign")).isEmpty();
            assertThat(report.get("complaints")).isEmpty();
            Map<String, JsonNode> colours = new HashMap<>();
            report.get("views").forEach(v -> colours.put(v.get("survey").asText(), v.get("colours")));
            assertThat(colours).hasSameSizeAs(views);
            return colours;
        }
    }

    @Test
    void knownObjectsAreWhereTheyAre() throws IOException {
        make(
                "galactic-centre",
                "source: {red: {images: ['%s']}, green: {images: ['%s']}, blue: {images: ['%s']}}"
                        .formatted(
                                data("wcs/gc_2mass_k.fits"), data("wcs/gc_2mass_h.fits"), data("wcs/gc_2mass_j.fits")),
                field(266.417, -29.008, 0.6),
                at(266.417, -29.008));
        make(
                "magellanic-cloud",
                "source: {images: ['%s'], blank: 0, border: ellipse, coadd: fading}\ndisplay: {stretch: asinh}"
                        .formatted(data("wcs/lmc")),
                field(79.7, -68.5, 7),
                at(80.9, -68.9),
                at(84, -66.5));
        make(
                "dirbe",
                "source: {images: ['%s']}\ndisplay: {colormap: inferno}".formatted(data("wcs/e90gal04.fits")),
                WHOLE_SKY,
                at(266.405, -28.936),
                at(192.86, 27.13));
        make(
                "rosat",
                "source: {images: ['%s']}".formatted(data("wcs/allsky_rosat.fits")),
                WHOLE_SKY,
                at(128.83, -45.18),
                at(312.75, 30.67),
                at(192.86, 27.13));
        make(
                "arp220",
                "source: {images: ['%s'], hdu: image, weights: coverage}\ndisplay: {colormap: inferno}"
                        .formatted(data("wcs/herschel_spire.fits.gz")),
                field(233.738, 23.503, 1.1),
                at(233.738, 23.503),
                at(233.738, 23.6),
                at(233.3, 23.5));
        make(
                "horse-head",
                "source: {images: ['%s']}".formatted(data("wcs/HorseHead.fits")),
                field(85.25, -2.46, 0.35),
                at(85.25, -2.46),
                at(85.19, -2.46),
                at(85.09, -2.46));
        make(
                "moon",
                "source: {body-map: '%s', body: moon}".formatted(data("planetary/celestia_moon.jpg")),
                globe(0),
                at(59, 17),
                at(20, -20));
        make(
                "sun",
                "source: {body-map: '%s', body: sun}\ndisplay: {colormap: inferno}"
                        .formatted(data("solar/heliographic_phase_map.fits.gz")),
                globe(180),
                at(180, 0),
                at(250, 0));
        assertSeen(look());
    }

    private static void assertSeen(Map<String, JsonNode> colours) {
        JsonNode galacticCentre = requireNonNull(colours.get("galactic-centre")).get(0);
        assertThat(galacticCentre.get(0).asDouble())
                .as("Sagittarius A* is reddened")
                .isGreaterThan(3 * galacticCentre.get(2).asDouble());
        assertThat(brightness(colours, "magellanic-cloud")).allMatch(b -> b > 200);
        List<Double> dirbe = brightness(colours, "dirbe");
        assertThat(dirbe.get(0)).as("centre of the Galaxy beside its pole").isGreaterThan(2 * dirbe.get(1));
        List<Double> rosat = brightness(colours, "rosat");
        assertThat(rosat.subList(0, 2)).as("Vela and the Cygnus Loop").allMatch(b -> b > 3 * rosat.get(2));
        List<Double> arp220 = brightness(colours, "arp220");
        assertThat(arp220.get(0)).isGreaterThan(2 * arp220.get(1));
        assertThat(arp220.get(2)).as("off the map").isNegative();
        List<Double> horseHead = brightness(colours, "horse-head");
        assertThat(horseHead.get(0)).as("the dark cloud").isLessThan(60);
        assertThat(horseHead.get(1)).as("the nebula behind it, in the west").isGreaterThan(300);
        assertThat(horseHead.get(2)).as("off the image").isNegative();
        List<Double> moon = brightness(colours, "moon");
        assertThat(moon.get(0)).as("Mare Crisium, east, beside highlands").isLessThan(0.8 * moon.get(1));
        List<Double> sun = brightness(colours, "sun");
        assertThat(sun.get(0)).as("the far half").isPositive();
        assertThat(sun.get(1)).as("the near half, which the map has not").isNegative();
    }

    /** Returns the sum of red, green and blue at each place; below 0 where nothing is drawn. */
    private static List<Double> brightness(Map<String, JsonNode> colours, String name) {
        List<Double> sums = new ArrayList<>();
        for (JsonNode colour : requireNonNull(colours.get(name))) {
            double sum = 0;
            for (JsonNode part : colour) {
                sum += part.asDouble();
            }
            sums.add(colour.isNull() ? -1 : sum);
        }
        return sums;
    }
}
