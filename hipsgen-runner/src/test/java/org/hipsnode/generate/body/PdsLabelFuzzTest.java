package org.hipsnode.generate.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.Tiles;

/** Labels that anybody wrote: each is obeyed, or refused in words. */
class PdsLabelFuzzTest {
    private static final String LABEL = """
            PDS_VERSION_ID = PDS3
            RECORD_BYTES = 10
            ^IMAGE = ("a.img", 2)
            TARGET_NAME = MARS
            NOTE = "two
             lines"
            OBJECT = IMAGE
            LINES = 2
            LINE_SAMPLES = 4
            SAMPLE_TYPE = MSB_INTEGER
            SAMPLE_BITS = 16
            MISSING_CONSTANT = 16#FF#
            BANDS = 1
            END_OBJECT = IMAGE
            OBJECT = IMAGE_MAP_PROJECTION
            MAP_PROJECTION_TYPE = "SIMPLE CYLINDRICAL"
            CENTER_LONGITUDE = 0 <DEGREE>
            MAP_RESOLUTION = 0.01111
            LINE_PROJECTION_OFFSET = 0.5
            END_OBJECT
            END
            """;

    @Property(tries = 500)
    void aSpoiledLabelIsObeyedOrRefused(
            @ForAll @Size(min = 1, max = 6) int[] places, @ForAll @IntRange(min = 9, max = 126) int character)
            throws IOException {
        byte[] spoiled = LABEL.getBytes(StandardCharsets.ISO_8859_1);
        for (int place : places) {
            spoiled[Math.floorMod(place, spoiled.length)] = (byte) character;
        }
        Path folder = Files.createTempDirectory("hipsnode-fuzz");
        Path data = folder.resolve("a.img");
        Path label = folder.resolve("a.lbl");
        try {
            Files.write(data, new byte[26]);
            Files.write(label, spoiled);
            BodyMapFile.open(BodyMap.of(label), Tiles.USUAL, new Warnings()).close();
        } catch (MalformedDataException | ConfigException e) {
            assertThat(e.getMessage()).contains("expected").contains("found");
        } finally {
            Files.deleteIfExists(label);
            Files.deleteIfExists(data);
            Files.delete(folder);
        }
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefused(@ForAll @Size(max = 200) char[] text) {
        try {
            PdsLabel.parse(new String(text), "a.lbl");
        } catch (MalformedDataException e) {
            assertThat(e.getMessage()).contains("statements of a PDS3 label");
        }
    }
}
