package org.hipsnode.serve.page;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.api.Addresses;
import org.hipsnode.serve.describe.Viewer;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.serve.text.Markup;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileFormat;

/**
 * How a survey is shown first: centre and width of the field in degrees, frame, and the formats that the live viewer shows,
 * the best first.
 */
record View(double ra, double dec, double fov, String frame, List<TileFormat> formats) {
    private static final double WIDE = 180;
    private static final List<TileFormat> PICTURES =
            List.of(TileFormat.WEBP, TileFormat.PNG, TileFormat.JPEG, TileFormat.FITS);

    static View of(SurveyProperties properties) {
        boolean galactic = properties.frame().filter(f -> f == Frame.GALACTIC).isPresent();
        return new View(
                within(properties, "hips_initial_ra", 0, -360, 360),
                within(properties, "hips_initial_dec", 0, -90, 90),
                within(properties, "hips_initial_fov", WIDE, 1e-6, 360),
                galactic ? "galactic" : "ICRS",
                formats(properties));
    }

    /** Aladin Lite goes to another sky, at CDS, from one that it cannot show: then there is no format at all. */
    private static List<TileFormat> formats(SurveyProperties properties) {
        if (verdict(properties).level() == Viewer.Level.NO) {
            return List.of();
        }
        List<TileFormat> viewed = properties.isCatalogue() ? List.of(TileFormat.TSV) : PICTURES;
        return properties.formats().stream()
                .filter(viewed::contains)
                .filter(format -> format != TileFormat.FITS || Viewer.saysBitpix(properties))
                .sorted(Comparator.comparingInt(viewed::indexOf))
                .toList();
    }

    private static Viewer.Verdict verdict(SurveyProperties properties) {
        return Viewer.ALADIN_LITE.of(properties);
    }

    private static double within(SurveyProperties properties, String key, double otherwise, double min, double max) {
        double value = properties.number(key).orElse(otherwise);
        return value >= min && value <= max ? value : otherwise;
    }

    /** Tells whether the live viewer can show it: tiles that are images, or rows of a catalogue. */
    boolean isPossible() {
        return !formats.isEmpty();
    }

    /** Returns the attribute by which the page's script opens the live viewer at once. */
    String open() {
        return isPossible() ? "data-open " : "";
    }

    /** Returns what to tell visitors of the live viewer, which stays closed where it can show nothing. */
    String note(SurveyProperties properties, Shell shell) {
        if (isPossible()) {
            return shell.note();
        }
        Viewer.Verdict verdict = verdict(properties);
        String why = verdict.level() == Viewer.Level.NO ? ": " + verdict.reason() : "";
        return "There is nothing here that the live viewer could show" + why + ".";
    }

    /** Returns the same for the page's script, as attributes of an element. */
    String attributes(ServedSurvey survey) {
        return String.format(
                Locale.ROOT,
                "data-path=\"%s\" data-name=\"%s\" data-ra=\"%s\" data-dec=\"%s\" data-fov=\"%s\" data-frame=\"%s\" data-formats=\"%s\"",
                Markup.escape(Addresses.path(survey).substring(1)),
                Markup.escape(Markup.cut(survey.title(), 200)),
                ra,
                dec,
                fov,
                frame,
                formats.stream().map(TileFormat::keyword).collect(Collectors.joining(" ")));
    }
}
