package org.hipsnode.generate.image;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocText;
import org.hipsnode.tile.TileAddress;

/**
 * Which images the tiles of a release are made of, as its provenance tells: two of them tell which tiles are others.
 *
 * @param order of the cells
 * @param images in the sequence in which a tile takes them
 */
public record ImagesOfTiles(int order, List<Entry> images) {
    private static final String WHAT = "the images of a provenance";
    private static final int MOST_IMAGES = 1 << 22;
    private static final int MOST_CELLS = 1 << 26;

    /**
     * An image and the cells that it may touch.
     *
     * @param name of the file, without folders
     * @param sha256 digest of the file
     * @param others what its values follow from besides; empty if from nothing else
     */
    public record Entry(String name, int hdu, String sha256, String others, Moc cells) {
        /** Returns what tells this image from any other, wherever its file lies. */
        private String content() {
            return sha256 + "[" + hdu + "]" + others;
        }

        @Override
        public String toString() {
            return name + (hdu == 0 ? "" : "[" + hdu + "]");
        }

        private Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("name", name);
            facts.put("hdu", hdu);
            facts.put("sha256", sha256);
            if (!others.isEmpty()) {
                facts.put("others", others);
            }
            facts.put("cells", MocText.ascii(cells));
            return facts;
        }
    }

    public ImagesOfTiles {
        images = List.copyOf(images);
    }

    /** Returns what is written of this. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("order", order);
        facts.put("list", images.stream().map(Entry::facts).toList());
        return facts;
    }

    /** Reads what was written, from the brace at its begin. */
    public static ImagesOfTiles read(JsonParser json) throws IOException {
        int order = -1;
        List<Entry> images = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("order")) {
                order = json.getValueAsInt(-1);
            } else if (field.equals("list") && value == JsonToken.START_ARRAY) {
                readList(json, images);
            } else {
                json.skipChildren();
            }
        }
        if (order < 0 || order > HealpixGrid.MAX_ORDER) {
            throw MalformedDataException.expected(WHAT, "an order of 0 to " + HealpixGrid.MAX_ORDER, order + "");
        }
        return new ImagesOfTiles(order, images);
    }

    private static void readList(JsonParser json, List<Entry> images) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> values = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                values.put(field, json.getValueAsString(""));
                json.skipChildren();
            }
            images.add(entry(values));
            if (images.size() > MOST_IMAGES) {
                throw MalformedDataException.expected(WHAT, "at most " + MOST_IMAGES, "more");
            }
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw MalformedDataException.expected(WHAT, "an array of objects", String.valueOf(json.currentToken()));
        }
    }

    private static Entry entry(Map<String, String> values) throws IOException {
        try {
            return new Entry(
                    values.getOrDefault("name", ""),
                    Integer.parseInt(values.getOrDefault("hdu", "")),
                    values.getOrDefault("sha256", ""),
                    values.getOrDefault("others", ""),
                    MocText.parseAscii(values.getOrDefault("cells", "")));
        } catch (NumberFormatException e) {
            throw MalformedDataException.expected(WHAT, "the number of an HDU", "'" + values.get("hdu") + "'");
        }
    }

    /** Returns what has changed in a later release; empty if its cells are of another order, so that they do not compare. */
    public Optional<ImageChanges> changesTo(ImagesOfTiles later) {
        if (order != later.order || cellCount() > MOST_CELLS) {
            return Optional.empty();
        }
        return Optional.of(ImageChanges.between(images, later.images, touched(later)));
    }

    private long cellCount() {
        return images.stream()
                .mapToLong(image -> image.cells.countTouchedCells(order))
                .sum();
    }

    /** Returns the cells that take other images than before, or in another sequence. */
    private Moc touched(ImagesOfTiles later) {
        Map<String, Integer> contents = new HashMap<>();
        Sequences before = new Sequences(this, contents);
        Sequences now = new Sequences(later, contents);
        Moc.Builder touched = new Moc.Builder(order);
        before.index.cells().union(now.index.cells()).forEachTouchedCell(order, (o, cell) -> {
            if (!Arrays.equals(before.of(cell), now.of(cell))) {
                touched.add(order, cell);
            }
        });
        return touched.build();
    }

    /** The contents of a cell's images, as numbers that both releases share. */
    private static final class Sequences {
        private final int order;
        private final ImageIndex index;
        private final int[] contents;

        Sequences(ImagesOfTiles tiles, Map<String, Integer> numbers) {
            this.order = tiles.order;
            this.index = ImageIndex.of(
                    order,
                    tiles.images.stream()
                            .map(image -> cells(image.cells, order))
                            .toList());
            this.contents = tiles.images.stream()
                    .mapToInt(image -> numbers.computeIfAbsent(image.content(), c -> numbers.size()))
                    .toArray();
        }

        private static long[] cells(Moc cells, int order) {
            List<Long> all = new ArrayList<>();
            cells.forEachTouchedCell(order, (o, cell) -> all.add(cell));
            return all.stream().mapToLong(Long::longValue).toArray();
        }

        int[] of(long cell) {
            return IntStream.of(index.images(new TileAddress(order, cell)))
                    .map(image -> contents[image])
                    .toArray();
        }
    }

    /** Returns the images whose content is not among that of others. */
    static List<Entry> without(List<Entry> images, List<Entry> others) {
        Set<String> contents = others.stream().map(Entry::content).collect(Collectors.toSet());
        return images.stream()
                .filter(image -> !contents.contains(image.content()))
                .toList();
    }
}
