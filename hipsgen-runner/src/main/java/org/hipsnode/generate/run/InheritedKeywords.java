package org.hipsnode.generate.run;

import java.util.List;
import java.util.regex.Pattern;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.HipsStatus;

/** Which keywords of a survey hold for another that is made of it: what it shows, by whom, whose it is, and whether it is private. */
final class InheritedKeywords {
    private static final Pattern DESCRIPTIVE = Pattern.compile(
            "obs_.*|bib_.*|em_.*|t_min|t_max|s_pixel_scale|prov_did|data_ucd|client_.*|hips_copyright|hips_creator"
                    + "|hips_initial_.*|hips_bunit|hips_body");

    private InheritedKeywords() {}

    static HipsProperties of(HipsProperties list) {
        HipsProperties inherited = HipsProperties.empty();
        for (String key : list.keys()) {
            if (DESCRIPTIVE.matcher(key).matches()) {
                inherited = with(inherited, key, list.values(key));
            }
        }
        boolean hidden = list.value("hips_status").map(HipsStatus::parse).stream()
                .anyMatch(status -> status.visibility() == HipsStatus.Visibility.PRIVATE);
        return hidden ? inherited.with("hips_status", "private master unclonable") : inherited;
    }

    /** What others have written may be more than we would write; that is left out. */
    private static HipsProperties with(HipsProperties keywords, String key, List<String> values) {
        try {
            return keywords.withAll(key, values);
        } catch (IllegalArgumentException e) {
            return keywords;
        }
    }
}
