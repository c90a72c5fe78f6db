package org.hipsnode.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.snapshot.ServedSurvey;

/** Surveys for tests, made of their properties alone. */
public final class Surveys {
    /** What a good image survey says. */
    public static final String GOOD = """
            creator_did = ivo://test/P/co
            obs_title = Carbon monoxide
            obs_collection = Planck
            obs_regime = Radio
            hips_release_date = 2026-01-01T00:00Z
            hips_status = public master clonable
            dataproduct_type = image
            hips_tile_format = png fits
            hips_order = 3
            hips_order_min = 0
            hips_tile_width = 64
            hips_frame = galactic
            hips_pixel_cut = 0 1
            hips_pixel_bitpix = -32
            moc_sky_fraction = 1
            """;

    private Surveys() {}

    public static SurveyProperties properties(String text) {
        try {
            return new SurveyProperties(HipsProperties.parse(text.getBytes(StandardCharsets.UTF_8), "test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ServedSurvey at(String path, String text) {
        return at(path, Path.of("/nonexistent"), text);
    }

    public static ServedSurvey at(String path, Path folder, String text) {
        return new ServedSurvey(path, folder, properties(text), false);
    }
}
