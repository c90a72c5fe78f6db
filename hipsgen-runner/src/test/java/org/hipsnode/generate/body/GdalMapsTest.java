package org.hipsnode.generate.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.hipsnode.Required;
import org.hipsnode.SharedData;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Plane;
import org.hipsnode.survey.SurveyDefinition.Resampling;
import org.hipsnode.survey.SurveyDefinition.Resampling.Method;
import org.hipsnode.survey.SurveyDefinition.Tiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps that GDAL and astropy wrote, in many forms and projections: the values are where these see them. */
class GdalMapsTest {
    private static final String PYTHON = "/usr/bin/python3";

    /** Forms that are not read. */
    private static final Set<String> REFUSED = Set.of(
            "big.tif",
            "zstd.tif",
            "deflate-predicted.tif",
            "unsigned-predicted.tif",
            "int32-predicted.tif",
            "float-predicted.tif",
            "float-predicted-2.tif",
            "big-endian-predicted.tif");

    /** Pixels of a second or two, so that the one that holds a place is as good as the place. */
    private static final Tiles FINE = new Tiles(
            List.of(),
            OptionalInt.of(512),
            OptionalInt.of(8),
            new Resampling(Optional.empty(), Optional.of(Method.NEAREST)),
            Optional.empty(),
            Optional.empty());

    @TempDir
    private Path folder;

    private record Place(double east, double centric, double value) {
        static Place of(String[] fields) {
            return new Place(number(fields[1]), number(fields[2]), number(fields[3]));
        }

        private static double number(String text) {
            return text.equals("nan") ? Double.NaN : Double.parseDouble(text);
        }

        /** Returns what is wrong with a value here; empty if nothing. */
        Optional<String> wrong(double found) {
            boolean right = Double.compare(found, value) == 0;
            return right ? Optional.empty() : Optional.of(this + ": found " + found);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Map<String, List<Place>> written() throws IOException, InterruptedException {
        boolean present = Files.exists(Path.of(PYTHON)) && run(PYTHON, "-c", "import osgeo.gdal, astropy") == 0;
        Required.tool(present, "python3-gdal with python3-astropy");
        Path script = SharedData.project().resolve("hipsgen-runner/src/test/oracle/gdal_maps.py");
        assertThat(run(PYTHON, "-B", script.toString(), folder.toString())).isZero();
        Map<String, List<Place>> places = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("places.csv"), StandardCharsets.UTF_8)) {
            String[] fields = line.split(",", -1);
            places.computeIfAbsent(fields[0], name -> new ArrayList<>()).add(Place.of(fields));
        }
        return places;
    }

    private BodyMapFile open(String name) throws IOException {
        return BodyMapFile.open(
                new BodyMap(folder.resolve(name), Optional.of("mars"), Plane.AS_LABELLED, OptionalDouble.empty()),
                FINE,
                new Warnings());
    }

    private List<String> wrong(String name, List<Place> places) throws IOException {
        try (BodyMapFile map = open(name)) {
            TileSource source = map.sources().get(0);
            HealpixGrid grid = HealpixGrid.ofOrder(source.pixelOrder());
            List<String> wrong = new ArrayList<>();
            for (Place place : places) {
                long pixel = grid.nestedAt(SkyPoint.ofDegrees(place.east, place.centric));
                place.wrong(source.value(pixel)).ifPresent(wrong::add);
            }
            return wrong;
        }
    }

    @Test
    void valuesAreWhereGdalSeesThem() throws IOException, InterruptedException {
        Map<String, List<Place>> written = written();
        assertThat(written).hasSizeGreaterThan(60);
        Map<String, Object> wrong = new TreeMap<>();
        written.forEach((name, places) -> {
            assertThat(places).as(name).hasSizeGreaterThan(20);
            try {
                List<String> differ = REFUSED.contains(name) ? List.of() : wrong(name, places);
                if (!differ.isEmpty()) {
                    wrong.put(name, differ.size() + " of " + places.size() + ", " + differ.get(0));
                }
            } catch (IOException e) {
                wrong.put(name, e);
            }
        });
        assertThat(wrong).isEmpty();
        for (String name : REFUSED) {
            assertThatThrownBy(() -> open(name))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("gdal_translate -co");
        }
    }
}
