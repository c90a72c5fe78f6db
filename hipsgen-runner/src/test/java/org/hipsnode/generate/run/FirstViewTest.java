package org.hipsnode.generate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hipsnode.SharedData;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.survey.SurveyDefinition;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where viewers look first: at the smallest circle around the pixels of real images, as scipy finds it among astropy's places. */
class FirstViewTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "herschel_spire.fits.gz, 233.75958, 23.50389, 0.77780",
        "HorseHead.fits, 85.27500, -2.45829, 0.35288",
        "lmc, 78.56078, -68.53979, 8.44041"
    })
    void fieldsAreInTheMiddleOfTheView(String images, double ra, double dec, double width) throws IOException {
        SurveyDefinition definition = SurveyDefinition.read(Files.writeString(
                folder.resolve("definition.yaml"),
                "id: ivo://test/P/x\nsource: {images: ['" + SharedData.require("wcs/" + images)
                        + "']}\ntiles: {formats: [fits]}\n"));
        Path survey = folder.resolve("survey");
        Runs.make(definition, survey);
        SurveyProperties view = new SurveyProperties(
                HipsProperties.parse(Files.readAllBytes(survey.resolve("properties")), survey.toString()));
        SkyPoint centre = SkyPoint.ofDegrees(
                view.number("hips_initial_ra").orElseThrow(),
                view.number("hips_initial_dec").orElseThrow());
        double off = Math.toDegrees(
                centre.vector().angleTo(SkyPoint.ofDegrees(ra, dec).vector()));
        assertThat(off).isLessThan(width / 60);
        assertThat(view.number("hips_initial_fov").orElseThrow()).isCloseTo(1.1 * width, within(width / 20));
    }
}
