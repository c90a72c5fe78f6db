package org.hipsnode.serve.describe;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.text.Markup;

/**
 * By what people look for a survey.
 *
 * @param mission what the data are of: a facility, an instrument or a collection
 * @param regimes parts of the spectrum, as HiPS 1.0 names them
 * @param frame of the tiles: a celestial one, or the name of a body
 * @param type image, colour image, cube or catalogue
 */
public record Kind(Optional<String> mission, List<String> regimes, String frame, String type) {
    private static final int LONGEST = 60;
    private static final List<String> REGIMES =
            List.of("Radio", "Millimeter", "Infrared", "Optical", "UV", "EUV", "X-ray", "Gamma-ray");
    private static final List<String> MISSION = List.of("facility_name", "instrument_name", "obs_collection");

    public static Kind of(SurveyProperties properties) {
        HipsProperties list = properties.list();
        Optional<String> mission =
                MISSION.stream().flatMap(key -> list.value(key).stream()).findFirst();
        return new Kind(
                mission.map(m -> Markup.cut(m, LONGEST)),
                regimes(list),
                Markup.cut(frame(list), LONGEST),
                type(list, properties));
    }

    /** Returns the regimes that are said, or else the one that the category names, in the words of the standard. */
    private static List<String> regimes(HipsProperties list) {
        Stream<String> said = list.values("obs_regime").stream().flatMap(v -> Arrays.stream(v.split("[,;]")));
        Set<String> regimes = new LinkedHashSet<>();
        said.flatMap(r -> known(r).stream()).forEach(regimes::add);
        if (regimes.isEmpty()) {
            Arrays.stream(list.value("client_category").orElse("").split("/"))
                    .flatMap(part -> known(part).stream())
                    .forEach(regimes::add);
        }
        return List.copyOf(regimes);
    }

    private static Optional<String> known(String word) {
        return REGIMES.stream().filter(r -> r.equalsIgnoreCase(word.strip())).findFirst();
    }

    private static String frame(HipsProperties list) {
        return list.value("hips_body")
                .or(() -> list.value("hips_frame"))
                .orElse("not said")
                .toLowerCase(Locale.ROOT);
    }

    private static String type(HipsProperties list, SurveyProperties properties) {
        if (properties.isCatalogue()) {
            return "catalogue";
        }
        if (properties.isCube()) {
            return "cube";
        }
        boolean colour = list.value("dataproduct_subtype")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("color");
        return colour ? "colour image" : "image";
    }
}
