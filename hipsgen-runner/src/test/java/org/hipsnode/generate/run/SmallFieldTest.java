package org.hipsnode.generate.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hipsnode.generate.TestImage;
import org.hipsnode.survey.SurveyDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A survey of overlapping images in a field of a few degrees: all its tiles are below one or two of low order. */
class SmallFieldTest {
    private static final double SCALE = 0.01;
    private static final int COLUMNS = 4;
    private static final int SIDE = 60;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeImages() throws IOException {
        for (int i = 0; i < COLUMNS * COLUMNS; i++) {
            int number = i;
            int row = i / COLUMNS;
            TestImage.around(
                            120 + 0.4 * (i % COLUMNS),
                            5 + 0.4 * row,
                            SCALE,
                            SIDE,
                            (x, y) -> (x + y) % 17 == 0 ? Double.NaN : 100 * number + x / 10.0 + y)
                    .card("DATE", "2026-03-01T12:00:00")
                    .write(folder.resolve(String.format("images/%02d.fits", i)));
        }
    }

    private String bytes(String manner, int workers) throws IOException {
        SurveyDefinition definition = SurveyDefinition.read(Files.writeString(
                folder.resolve("definition.yaml"),
                "id: ivo://test/P/x\nsource: {images: [images], " + manner
                        + "}\ndisplay: {cut: 0 4000}\ntiles: {formats: [fits, png], width: 16}\n"));
        Path survey = folder.resolve("survey-" + workers);
        assertThat(Runs.make(definition, survey, workers).files()).isGreaterThan(200);
        return TreeManifest.ofBytes(survey);
    }

    @ParameterizedTest
    @ValueSource(strings = {"coadd: fading", "coadd: median"})
    void howManyWorkThereCannotBeSeen(String manner) throws IOException {
        assertThat(bytes(manner, 1)).isEqualTo(bytes(manner, 5));
    }
}
