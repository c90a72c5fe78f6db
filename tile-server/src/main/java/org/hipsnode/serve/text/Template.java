package org.hipsnode.serve.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places to fill, each written {@code {{name}}}; what fills one is never looked at for others. */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)}}");

    private final String name;
    private final String text;

    private Template(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** Loads a template that comes with the program, from beside a class. */
    public static Template beside(Class<?> owner, String name) {
        return new Template(name, new String(bytes(owner, name), StandardCharsets.UTF_8));
    }

    /** Returns a file that comes with the program, from beside a class. */
    public static byte[] bytes(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text with every place filled. */
    public String fill(Map<String, String> values) {
        Matcher places = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            String place = places.group(1);
            String value = Optional.ofNullable(values.get(place))
                    .orElseThrow(() -> new IllegalStateException(name + ": nothing fills '" + place + "'"));
            places.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return places.appendTail(filled).toString();
    }
}
