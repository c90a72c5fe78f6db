package org.hipsnode.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileFormat;

/** What a survey's keyword list says, as values, with the defaults that viewers assume. */
public record SurveyProperties(HipsProperties list) {
    private static final int DEFAULT_TILE_WIDTH = 512;

    public Optional<String> creatorDid() {
        return list.value("creator_did");
    }

    public Optional<String> title() {
        return list.value("obs_title").or(() -> list.value("obs_collection"));
    }

    public Optional<String> description() {
        return list.value("obs_description");
    }

    /** Returns the deepest order of tiles. */
    public OptionalInt order() {
        return integer("hips_order");
    }

    /** Returns the lowest order of tiles; 0 where it is not said, as Aladin Lite assumes. */
    public int orderMin() {
        return integer("hips_order_min").orElse(0);
    }

    public int tileWidth() {
        return integer("hips_tile_width").orElse(DEFAULT_TILE_WIDTH);
    }

    /** Returns the tile formats that we know, in the order given; the first is what viewers take by default. */
    public List<TileFormat> formats() {
        List<TileFormat> formats = new ArrayList<>();
        for (String word : list.value("hips_tile_format").orElse("").split("[\\s,]+")) {
            TileFormat.ofWord(word).filter(f -> !formats.contains(f)).ifPresent(formats::add);
        }
        return formats;
    }

    /** Returns the celestial frame; empty for a planetary one, or none. */
    public Optional<Frame> frame() {
        String name = list.value("hips_frame").orElse("").toLowerCase(Locale.ROOT);
        return List.of(Frame.values()).stream()
                .filter(f -> f.keyword().equals(name) || (name.equals("icrs") && f == Frame.EQUATORIAL))
                .findFirst();
    }

    public HipsStatus status() {
        return HipsStatus.parse(list.value("hips_status").orElse(""));
    }

    public Optional<HipsDate> releaseDate() {
        return list.value("hips_release_date").flatMap(HipsDate::parse);
    }

    public boolean isCatalogue() {
        return productType().startsWith("catalog");
    }

    public boolean isCube() {
        return productType().endsWith("cube");
    }

    private String productType() {
        return list.value("dataproduct_type").orElse("image").toLowerCase(Locale.ROOT);
    }

    /** Returns a whole number; empty if the keyword is absent or is none. */
    public OptionalInt integer(String key) {
        Optional<String> value = list.value(key);
        try {
            return value.isPresent() ? OptionalInt.of(Integer.parseInt(value.get())) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Returns a number; empty if the keyword is absent or is none. */
    public OptionalDouble number(String key) {
        Optional<String> value = list.value(key);
        try {
            return value.isPresent() ? OptionalDouble.of(Double.parseDouble(value.get())) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
