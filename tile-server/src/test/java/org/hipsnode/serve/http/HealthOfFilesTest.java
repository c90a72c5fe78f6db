package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hipsnode.serve.Surveys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthOfFilesTest {

    @Test
    void damagedFilesShowOnThePageAndInTheApi(@TempDir Path data) throws IOException {
        Path survey = ServerFixture.survey(
                data.resolve("s"),
                Surveys.GOOD.replace("png fits", "png").replace("hips_order = 3", "hips_order = 0"),
                "preview.jpg",
                "no picture",
                "Moc.fits",
                "no coverage",
                "Norder0/Dir0/Npix0.png",
                "no tile");
        try (ServerFixture server = ServerFixture.serving(data)) {
            assertThat(text(server, "/s/"))
                    .contains(
                            "<li>error: preview.jpg: expected a JPEG image, found something else</li>",
                            "<li>error: Norder0/Dir0/Npix0.png: expected png, found something else</li>",
                            "<li>error: Moc.fits: ",
                            "looked at once for each release")
                    .doesNotContain(survey.toString());
            assertThat(text(server, "/api/surveys/s"))
                    .contains("\"files\" : true", "\"object\" : \"preview.jpg\"")
                    .doesNotContain(survey.toString());
        }
    }

    private static String text(ServerFixture server, String path) throws IOException {
        return new String(server.get(path).body(), StandardCharsets.UTF_8);
    }
}
