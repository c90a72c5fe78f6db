package org.hipsnode.generate.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hipsnode.config.NearestWord;

/** A sequence of colours from low to high, linear between control points. */
public final class Colormap {
    private static final Map<String, Colormap> KNOWN = load();

    private static final double LAST_PLACE = 255;

    private final String name;
    private final List<Point> points;

    private Colormap(String name, List<Point> points) {
        this.name = name;
        this.points = points;
    }

    /**
     * A colour at its place.
     *
     * @param place 0 to 1
     * @param colour 0xRRGGBB
     */
    private record Point(double place, int colour) {

        /** Reads {@code RRGGBB}, which stands at its equal step, or {@code PLACE:RRGGBB}. */
        static Point parse(String word, double equalStep) {
            int colon = word.indexOf(':');
            double place = colon < 0 ? equalStep : Integer.parseInt(word.substring(0, colon)) / LAST_PLACE;
            return new Point(place, Integer.parseInt(word.substring(colon + 1), 16));
        }
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
                        List<Point> points = IntStream.range(1, words.length)
                                .mapToObj(i -> Point.parse(words[i], (i - 1.0) / (words.length - 2)))
                                .toList();
                        maps.put(words[0], new Colormap(words[0], points));
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
        return points.stream()
                .mapToInt(Point::colour)
                .allMatch(c -> (c >> 16) == (c & 0xff) && (c >> 16) == ((c >> 8) & 0xff));
    }

    /** Returns the places, 0 to 1, between which colours are linear. */
    public List<Double> places() {
        return points.stream().map(Point::place).toList();
    }

    /**
     * Returns a colour as 0xRRGGBB.
     *
     * @param place 0 to 1
     */
    public int colour(double place) {
        double at = Math.max(0, Math.min(1, place));
        int next = 1;
        while (next < points.size() - 1 && points.get(next).place < at) {
            next++;
        }
        Point from = points.get(next - 1);
        Point to = points.get(next);
        double part = (at - from.place) / (to.place - from.place);
        int red = mix(from.colour >> 16, to.colour >> 16, part);
        int green = mix(from.colour >> 8 & 0xff, to.colour >> 8 & 0xff, part);
        int blue = mix(from.colour & 0xff, to.colour & 0xff, part);
        return red << 16 | green << 8 | blue;
    }

    private static int mix(int from, int to, double part) {
        return (int) Math.round(from + part * (to - from));
    }
}
