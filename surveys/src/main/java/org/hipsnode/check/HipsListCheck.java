package org.hipsnode.check;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.properties.HipsList;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.SurveyStore;

/** Looks a HiPS list over (HiPS 1.0 §5.2). */
public final class HipsListCheck {
    private HipsListCheck() {}

    /** Finds the survey at an address. */
    @FunctionalInterface
    public interface SurveyFinder {
        Optional<SurveyStore> at(String url) throws IOException;
    }

    /** Returns what there is to say of a list's records, each compared with its survey where that can be reached. */
    public static Findings check(List<HipsProperties> records, SurveyFinder surveys) {
        Findings findings = new Findings();
        if (records.isEmpty()) {
            findings.warning("5.2", "list", "holds no record");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < records.size(); i++) {
            HipsProperties record = records.get(i);
            String name = record.value("creator_did").orElse("record " + (i + 1));
            for (String key : HipsList.REQUIRED) {
                if (record.value(key).isEmpty()) {
                    findings.error("5.2", name, key + " is required in a list, but missing");
                }
            }
            if (!seen.add(name + record.value("hips_service_url").orElse(""))) {
                findings.warning("5.2", name, "stands twice");
            }
            record.value("hips_service_url").ifPresent(url -> compare(record, name, url, surveys, findings));
        }
        return findings;
    }

    private static void compare(
            HipsProperties record, String name, String url, SurveyFinder surveys, Findings findings) {
        if (url.endsWith("/")) {
            findings.warning("5.2", name, "expected hips_service_url without slash at its end, found '" + url + "'");
        }
        try {
            Optional<SurveyStore> survey = surveys.at(url);
            if (survey.isPresent()) {
                Optional<byte[]> own = survey.get().read("properties", HipsProperties.MAX_BYTES);
                if (own.isEmpty()) {
                    findings.error("5.2", name, "no properties at '" + url + "'");
                } else {
                    PropertiesRules.compare(record, HipsProperties.parse(own.get(), url), name, findings);
                }
            }
        } catch (IOException e) {
            findings.error("5.2", name, "'" + url + "' cannot be read: " + e.getMessage());
        }
    }
}
