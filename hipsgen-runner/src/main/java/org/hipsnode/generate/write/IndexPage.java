package org.hipsnode.generate.write;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hipsnode.generate.render.Display;
import org.hipsnode.properties.SurveyProperties;

/** The page of a survey that opens it in a viewer, from whichever server it lies on. */
public final class IndexPage {
    private static final String TEMPLATE = load();

    private IndexPage() {}

    private static String load() {
        try (InputStream in = IndexPage.class.getResourceAsStream("index.html")) {
            if (in == null) {
                throw new IllegalStateException("index.html is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the page.
     *
     * @param display how values became the colours of pictures; none for a survey without pictures of values
     */
    public static byte[] of(SurveyProperties properties, Optional<Display> display) {
        String unit = properties.list().value("hips_bunit").orElse("");
        return TEMPLATE.replace(
                        "{{legend}}",
                        display.map(d -> new Legend(d, unit).html()).orElse(""))
                .replace("{{title}}", Html.escape(properties.title().orElse("HiPS survey")))
                .replace("{{description}}", Html.escape(properties.description().orElse("")))
                .getBytes(StandardCharsets.UTF_8);
    }
}
