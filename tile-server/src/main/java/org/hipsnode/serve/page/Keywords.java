package org.hipsnode.serve.page;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.serve.text.Markup;
import org.hipsnode.serve.text.Template;

/** The keywords of a survey as a table that says what each means. */
final class Keywords {
    private static final Map<String, String> MEANINGS = meanings();
    private static final int MOST = 500;

    private Keywords() {}

    private static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        new String(Template.bytes(Keywords.class, "keywords.txt"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(" +", 2))
                .forEach(words -> meanings.put(words[0], words[1]));
        return meanings;
    }

    static String table(HipsProperties list) {
        return list.keys().stream()
                .filter(key -> !list.values(key).isEmpty())
                .limit(MOST)
                .map(key -> row(key, list))
                .collect(Collectors.joining());
    }

    private static String row(String key, HipsProperties list) {
        String values = list.values(key).stream().limit(MOST).map(Html::value).collect(Collectors.joining("<br>"));
        return "<tr><th scope=\"row\"><code>" + Markup.escape(Markup.cut(key, 100)) + "</code>"
                + meaning(key)
                        .map(m -> "<small>" + Markup.escape(m) + "</small>")
                        .orElse("") + "</th><td>" + values
                + "</td></tr>\n";
    }

    private static Optional<String> meaning(String key) {
        return Optional.ofNullable(MEANINGS.get(key));
    }
}
