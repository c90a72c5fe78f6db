package org.hipsnode.serve.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hipsnode.io.WebAddress;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.tile.TileFormat;

/** The node's page: its surveys as a list, and a viewer that shows them. */
public final class NodePage {
    private static final String PAGE = load("node.html");
    private static final String SURVEY = load("survey.html");
    private static final List<TileFormat> VIEWED =
            List.of(TileFormat.WEBP, TileFormat.PNG, TileFormat.JPEG, TileFormat.FITS);

    private final String title;
    private final String viewer;
    private final String note;

    /**
     * Prepares the page of a node.
     *
     * @param viewer address of Aladin Lite's module
     * @param note what to tell visitors about the viewer; may be empty
     */
    public NodePage(String title, String viewer, String note) {
        this.title = title;
        this.viewer = viewer;
        this.note = note;
    }

    private static String load(String name) {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    /** Returns a file that the page needs, which comes with the program. */
    public static byte[] resource(String name) {
        try (InputStream in = NodePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the page that shows some surveys, the first one in the viewer. */
    public byte[] of(List<ServedSurvey> surveys) {
        String summary = surveys.size() == 1 ? "1 survey" : surveys.size() + " surveys";
        return PAGE.replace("{{title}}", escape(title))
                .replace("{{viewer}}", escape(viewer))
                .replace("{{note}}", escape(note))
                .replace("{{summary}}", summary)
                .replace("{{surveys}}", surveys.stream().map(NodePage::item).collect(Collectors.joining()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String item(ServedSurvey survey) {
        SurveyProperties properties = survey.properties();
        // the texts come last, so that nothing in them is taken for a place to fill
        return SURVEY.replace("{{href}}", escape("/" + WebAddress.encode(survey.path()) + "/"))
                .replace("{{data}}", data(properties))
                .replace("{{facts}}", escape(facts(properties)))
                .replace("{{title}}", escape(survey.title()))
                .replace("{{description}}", escape(properties.description().orElse("")));
    }

    private static String data(SurveyProperties properties) {
        String format = VIEWED.stream()
                .filter(properties.formats()::contains)
                .findFirst()
                .map(TileFormat::keyword)
                .orElse("");
        return String.format(
                Locale.ROOT,
                "data-ra=\"%s\" data-dec=\"%s\" data-fov=\"%s\" data-frame=\"%s\" data-format=\"%s\"",
                number(properties, "hips_initial_ra", 0),
                number(properties, "hips_initial_dec", 0),
                number(properties, "hips_initial_fov", 180),
                escape(properties.list().value("hips_frame").orElse("")),
                format);
    }

    private static double number(SurveyProperties properties, String key, double otherwise) {
        return properties.number(key).orElse(otherwise);
    }

    private static String facts(SurveyProperties properties) {
        String formats = properties.formats().stream().map(TileFormat::keyword).collect(Collectors.joining(" "));
        String order =
                properties.order().isPresent() ? "order " + properties.order().getAsInt() : "";
        String frame = properties.list().value("hips_frame").orElse("");
        String date =
                properties.releaseDate().map(d -> d.toString().substring(0, 10)).orElse("");
        return List.of(frame, order, formats, date).stream()
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    /** Makes a text safe inside HTML, in attributes too. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("{{", "&#123;&#123;");
    }
}
