package org.hipsnode.generate.write;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    public static byte[] of(SurveyProperties properties) {
        return TEMPLATE.replace("{{title}}", escape(properties.title().orElse("HiPS survey")))
                .replace("{{description}}", escape(properties.description().orElse("")))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
