package org.hipsnode.moc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;

/** The ASCII and JSON forms of a MOC (MOC 2.0 §4.2.2 and §4.2.3). */
public final class MocText {
    private static final JsonFactory JSON = new JsonFactory();

    private MocText() {}

    /** Returns the ASCII form, such as {@code 1/1-2 4 2/12-14 8/}; the last order is the MOC's. */
    public static String ascii(Moc moc) {
        StringBuilder text = new StringBuilder();
        byOrder(moc, " ", true)
                .forEach((order, cells) ->
                        text.append(order).append('/').append(cells).append(' '));
        return text.toString().trim();
    }

    /** Returns the JSON form, such as {@code {"1":[1,2,4],"2":[12,13,14],"8":[]}}. */
    public static String json(Moc moc) {
        StringBuilder text = new StringBuilder("{");
        byOrder(moc, ",", false)
                .forEach((order, cells) -> text.append(text.length() > 1 ? "," : "")
                        .append('"')
                        .append(order)
                        .append("\":[")
                        .append(cells)
                        .append(']'));
        return text.append('}').toString();
    }

    private static Map<Integer, StringBuilder> byOrder(Moc moc, String separator, boolean asRanges) {
        Map<Integer, Run> runs = new TreeMap<>();
        moc.forEachCell((order, index) ->
                runs.computeIfAbsent(order, o -> new Run(separator, asRanges)).add(index));
        Map<Integer, StringBuilder> texts = new TreeMap<>();
        runs.forEach((order, run) -> texts.put(order, run.finish()));
        texts.putIfAbsent(moc.order(), new StringBuilder());
        return texts;
    }

    /** Writes ascending indices, consecutive ones as a range where ranges are allowed. */
    private static final class Run {
        private final StringBuilder text = new StringBuilder();
        private final String separator;
        private final boolean asRanges;
        private long first = -1;
        private long last = -1;

        Run(String separator, boolean asRanges) {
            this.separator = separator;
            this.asRanges = asRanges;
        }

        void add(long index) {
            if (!asRanges || index != last + 1 || first < 0) {
                flush();
                first = index;
            }
            last = index;
        }

        private void flush() {
            if (first >= 0) {
                text.append(text.length() > 0 ? separator : "").append(first).append(last > first ? "-" + last : "");
            }
        }

        StringBuilder finish() {
            flush();
            return text;
        }
    }

    /** Reads the ASCII form; commas may stand for blanks, as CDS wrote them once, and an {@code s} may lead. */
    public static Moc parseAscii(String text) throws IOException {
        Collector collector = new Collector();
        String[] tokens = text.trim().split("[\\s,]+");
        int order = -1;
        for (int i = 0; i < tokens.length; i++) {
            String cells = tokens[i];
            int slash = cells.indexOf('/');
            if (slash >= 0) {
                String digits = cells.substring(i == 0 && cells.startsWith("s") ? 1 : 0, slash);
                order = collector.order(digits, "token " + (i + 1));
                cells = cells.substring(slash + 1);
            }
            if (!cells.isEmpty()) {
                if (order < 0) {
                    throw MalformedDataException.expected(
                            "token " + (i + 1), "an order such as '3/' before the first cell", cells);
                }
                addCells(collector, order, cells, "token " + (i + 1));
            }
        }
        return collector.build();
    }

    private static void addCells(Collector collector, int order, String cells, String place) throws IOException {
        int dash = cells.indexOf('-');
        try {
            long first = Long.parseLong(dash < 0 ? cells : cells.substring(0, dash));
            collector.add(order, first, dash < 0 ? first : Long.parseLong(cells.substring(dash + 1)), place);
        } catch (NumberFormatException e) {
            throw MalformedDataException.expected(place, "a cell or a range such as '12-15'", "'" + cells + "'");
        }
    }

    /** Reads the JSON form. */
    public static Moc parseJson(String text) throws IOException {
        Collector collector = new Collector();
        try (JsonParser json = JSON.createParser(text)) {
            require(json, json.nextToken(), JsonToken.START_OBJECT, "an object");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String place = place(json);
                int order = collector.order(json.currentName(), place);
                require(json, json.nextToken(), JsonToken.START_ARRAY, "an array of cells");
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    require(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, "a cell number");
                    collector.add(order, json.getLongValue(), json.getLongValue(), place(json));
                }
            }
            require(json, json.currentToken(), JsonToken.END_OBJECT, "the end of the object");
            if (json.nextToken() != null) {
                throw MalformedDataException.expected(place(json), "nothing after the MOC", json.getText());
            }
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new MalformedDataException("MOC: expected JSON, found " + e.getMessage(), e);
        }
        return collector.build();
    }

    private static void require(
            JsonParser json, @org.jspecify.annotations.Nullable JsonToken found, JsonToken expected, String what)
            throws IOException {
        if (found != expected) {
            throw MalformedDataException.expected(place(json), what, found == null ? "the end" : json.getText());
        }
    }

    private static String place(JsonParser json) {
        return "MOC line " + json.currentLocation().getLineNr() + " column "
                + json.currentLocation().getColumnNr();
    }

    /** Gathers cells of orders that are known only at the end. */
    private static final class Collector {
        private final Moc.Builder cells = new Moc.Builder(HealpixGrid.MAX_ORDER);
        private int deepest;

        int order(String digits, String place) throws IOException {
            int order;
            try {
                order = Integer.parseInt(digits);
            } catch (NumberFormatException e) {
                order = -1;
            }
            if (order < 0 || order > HealpixGrid.MAX_ORDER) {
                throw MalformedDataException.expected(place, "an order of 0 to 29", "'" + digits + "'");
            }
            deepest = Math.max(deepest, order);
            return order;
        }

        void add(int order, long first, long last, String place) throws IOException {
            long count = HealpixGrid.pixelCount(order);
            if (first < 0 || last < first || last >= count) {
                throw MalformedDataException.expected(
                        place, "cells of 0 to " + (count - 1) + " at order " + order, first + " to " + last);
            }
            cells.addRange(first << Moc.shift(order), (last + 1) << Moc.shift(order));
        }

        Moc build() {
            return cells.build().degraded(deepest);
        }
    }
}
