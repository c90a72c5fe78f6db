package org.hipsnode.serve.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyPatternTest {
    static ServedSurvey survey(String path, String id) {
        try {
            HipsProperties list = HipsProperties.parse(
                    ("creator_did = " + id + "\nhips_status = private\n").getBytes(StandardCharsets.UTF_8),
                    "properties");
            return new ServedSurvey(path, Path.of("/nowhere"), new SurveyProperties(list), false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "planck/co, true",
        "planck, false",
        "planck/c, false",
        "planck/co2, false",
        "planck/*, true",
        "planck/c*, true",
        "plancks/*, false",
        "*, true",
        "ivo://T/P/co, true",
        "ivo://T/P/*, true",
        "ivo://T/P, false",
        "ivo://X/*, false"
    })
    void matchesPathOrId(String pattern, boolean expected) {
        assertThat(SurveyPattern.parse(pattern).orElseThrow().matches(survey("planck/co", "ivo://T/P/co")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/planck", "planck/", "pl*ck", "**", "a\tb"})
    void whatCouldNeverMatchIsRefused(String pattern) {
        assertThat(SurveyPattern.parse(pattern)).isEmpty();
    }
}
