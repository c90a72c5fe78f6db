package org.hipsnode.properties;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The list of a node's surveys: keyword records with a blank line between them (HiPS 1.0 §5.2). */
public final class HipsList {
    /** The keywords that each record must have. */
    public static final List<String> REQUIRED =
            List.of("creator_did", "hips_release_date", "hips_service_url", "hips_status");

    private HipsList() {}

    /** Reads the records of a list; text that holds no keyword at all is no record. */
    public static List<HipsProperties> parse(byte[] content, String name) throws IOException {
        HipsProperties whole = HipsProperties.parse(content, name);
        List<HipsProperties> records = new ArrayList<>();
        for (String record : whole.toString().split("(?m)^[ \\t\\r]*\\n")) {
            HipsProperties properties = HipsProperties.parse(record.getBytes(StandardCharsets.UTF_8), name);
            if (!properties.keys().isEmpty()) {
                records.add(properties);
            }
        }
        return records;
    }

    /** Returns the text of a list; comments and blank lines inside records are left out. */
    public static byte[] write(List<HipsProperties> records) {
        StringBuilder text = new StringBuilder();
        for (HipsProperties record : records) {
            text.append(text.isEmpty() ? "" : "\n").append(record.keywordsOnly());
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
