package org.hipsnode.serve.api;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.WebAddress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.describe.Kind;
import org.hipsnode.serve.describe.Viewer;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.serve.text.Markup;
import org.hipsnode.serve.text.Template;
import org.hipsnode.tile.TileFormat;

/** The WTML file by which WorldWide Telescope finds a survey (WWT data guide, "ImageSet"). */
public final class Wtml {
    private static final Template FILE = Template.beside(Wtml.class, "survey.wtml");
    private static final int LONGEST = 1000;

    private static final Map<String, String> BAND_PASSES = Map.of(
            "Radio", "Radio",
            "Millimeter", "Microwave",
            "Infrared", "IR",
            "UV", "Ultraviolet",
            "EUV", "Ultraviolet",
            "X-ray", "XRay",
            "Gamma-ray", "Gamma");

    private Wtml() {}

    /** Tells whether there is anything that WorldWide Telescope could show. */
    public static boolean isPossible(SurveyProperties survey) {
        return Viewer.WWT.of(survey).level() != Viewer.Level.NO;
    }

    /** Returns the file; empty if WorldWide Telescope cannot show the survey. */
    public static Optional<byte[]> of(ServedSurvey survey, Addresses addresses) {
        SurveyProperties properties = survey.properties();
        return format(properties)
                .filter(format -> isPossible(properties))
                .map(format -> FILE.fill(values(survey, addresses, format)).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<TileFormat> format(SurveyProperties properties) {
        return Viewer.pictureFor(properties, TileFormat.PNG, TileFormat.JPEG, TileFormat.FITS);
    }

    private static Map<String, String> values(ServedSurvey survey, Addresses addresses, TileFormat format) {
        SurveyProperties properties = survey.properties();
        HipsProperties list = properties.list();
        Map<String, String> values = new HashMap<>();
        values.put("address", addresses.of(survey));
        values.put("thumbnail", addresses.of(survey, "preview.jpg"));
        values.put("title", survey.title());
        values.put("credits", list.value("obs_copyright").orElse(""));
        values.put("credits_url", webAddress(list.value("obs_copyright_url")));
        values.put("description", properties.description().orElse(""));
        values.put("band_pass", bandPass(Kind.of(properties).regimes()));
        values.put("order", Integer.toString(properties.order().orElse(0)));
        values.put("extension", "." + format.extension());
        values.replaceAll((key, value) -> Markup.escape(Markup.cut(value, LONGEST)));
        return values;
    }

    private static String bandPass(List<String> regimes) {
        return regimes.stream().findFirst().map(BAND_PASSES::get).orElse("Visible");
    }

    private static String webAddress(Optional<String> url) {
        return url.flatMap(WebAddress::parse).map(a -> a.uri().toString()).orElse("");
    }
}
