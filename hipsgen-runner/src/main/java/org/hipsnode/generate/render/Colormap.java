package org.hipsnode.generate.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipsnode.config.NearestWord;

/** A sequence of colours from low to high, linear between control points. */
public final class Colormap {
    private static final Map<String, Colormap> KNOWN = load();

    private final String name;
    private final int[] controlPoints;

    private Colormap(String name, int[] controlPoints) {
        this.name = name;
        this.controlPoints = controlPoints;
    }

    private static Map<String, Colormap> load() {
        try (InputStream in = Colormap.class.getResourceAsStream("colormaps.txt")) {
            if (in == null) {
                throw new IllegalStateException("colormaps.txt is missing from the program");
            }
            Map<String, Colormap> maps = new LinkedHashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        String[] words = line.split(" ");
                        int[] colours = Arrays.stream(words)
                                .skip(1)
                                .mapToInt(hex -> Integer.parseInt(hex, 16))
                                .toArray();
                        maps.put(words[0], new Colormap(words[0], colours));
                    });
            return maps;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a colour map by its name; refuses one that is not known, naming those that are. */
    public static Colormap named(String name) {
        Colormap map = KNOWN.get(name);
        if (map == null) {
            throw new IllegalArgumentException(
                    "colour map must be one of " + String.join(", ", names()) + ", found '" + name + "'"
                            + NearestWord.to(name, names())
                                    .map(n -> ": did you mean '" + n + "'?")
                                    .orElse(""));
        }
        return map;
    }

    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    public String name() {
        return name;
    }

    /** Tells whether all colours are shades of grey. */
    public boolean isGrey() {
        return Arrays.stream(controlPoints).allMatch(c -> (c >> 16) == (c & 0xff) && (c >> 16) == ((c >> 8) & 0xff));
    }

    /**
     * Returns a colour as 0xRRGGBB.
     *
     * @param place 0 to 1
     */
    public int colour(double place) {
        double at = Math.max(0, Math.min(1, place)) * (controlPoints.length - 1);
        int i = Math.min((int) at, controlPoints.length - 2);
        double part = at - i;
        int red = mix(controlPoints[i] >> 16, controlPoints[i + 1] >> 16, part);
        int green = mix(controlPoints[i] >> 8 & 0xff, controlPoints[i + 1] >> 8 & 0xff, part);
        int blue = mix(controlPoints[i] & 0xff, controlPoints[i + 1] & 0xff, part);
        return red << 16 | green << 8 | blue;
    }

    private static int mix(int from, int to, double part) {
        return (int) Math.round(from + part * (to - from));
    }
}
