package org.hipsnode.properties;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The list of a node's surveys: keyword records with a blank line between them (HiPS 1.0 §5.2). */
public final class HipsList {
    /** Lines end with a line feed alone, as everywhere in a list, and no blank is looked at twice. */
    private static final Pattern BLANK_LINE = Pattern.compile("(?md)^[ \\t\\r]*+\\n");

    /** The keywords that each record must have. */
    public static final List<String> REQUIRED =
            List.of("creator_did", "hips_release_date", "hips_service_url", "hips_status");

    private HipsList() {}

    /** Reads the records of a list; text that holds no keyword at all is no record. */
    public static List<HipsProperties> parse(byte[] content, String name) throws IOException {
        HipsProperties whole = HipsProperties.parse(content, name);
        List<HipsProperties> records = new ArrayList<>();
        for (String record : BLANK_LINE.split(whole.toString())) {
            HipsProperties properties = HipsProperties.parse(record.getBytes(StandardCharsets.UTF_8), name);
            if (!properties.keys().isEmpty()) {
                records.add(properties);
            }
        }
        return records;
    }

    /** Returns the text of a list; comments and blank lines inside records are left out, and records without any value. */
    public static byte[] write(List<HipsProperties> records) {
        StringBuilder text = new StringBuilder();
        for (HipsProperties record : records) {
            String lines = record.keywordsOnly().toString();
            text.append(text.isEmpty() || lines.isEmpty() ? "" : "\n").append(lines);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
