package org.hipsnode.generate.plan;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/**
 * Which tiles of the release before can be kept, and why: decided from the recipes of both releases, for each format.
 *
 * <p>A recipe is all that decides the bytes of tiles, as named values; provenance keeps it.
 *
 * @param touched where the input may be another than before, if that is known
 */
public record Upkeep(Map<TileFormat, Decision> decisions, Optional<Moc> touched) {
    /** The digests of the inputs; a release whose inputs cannot be summed up has none. */
    public static final String INPUTS = "inputs";

    static final String FORMATS = "formats";
    static final String UNIT = "unit";
    static final List<String> STYLE = List.of("cut", "stretch", "colormap", "composition");

    /** What is done with the tiles of a format. */
    public enum Action {
        /** All are made. */
        MAKE,
        /** Those are kept whose pixels turn out to be the same; the others are made. */
        KEEP_UNCHANGED,
        /** All are kept. */
        KEEP
    }

    /**
     * What is done, and why.
     *
     * @param why in words
     */
    public record Decision(Action action, String why) {}

    public Upkeep {
        decisions = Map.copyOf(decisions);
    }

    /** Nothing is kept. */
    public static Upkeep none(List<TileFormat> formats, String why) {
        Map<TileFormat, Decision> decisions = new EnumMap<>(TileFormat.class);
        formats.forEach(format -> decisions.put(format, new Decision(Action.MAKE, why)));
        return new Upkeep(decisions, Optional.empty());
    }

    /**
     * Decides what can be kept.
     *
     * @param before recipe of the release before; empty if there is none that tells
     * @param touched where the input may be another than before, if that is known
     */
    public static Upkeep decide(
            List<TileFormat> formats,
            Map<String, String> recipe,
            Optional<Map<String, String>> before,
            Optional<Moc> touched) {
        if (before.isEmpty()) {
            return none(formats, "there is no release before that tells how it was made");
        }
        Map<TileFormat, Decision> decisions = new EnumMap<>(TileFormat.class);
        for (TileFormat format : formats) {
            decisions.put(format, decide(format, formats, recipe, before.get(), touched.isPresent()));
        }
        return new Upkeep(decisions, touched);
    }

    private static Decision decide(
            TileFormat format,
            List<TileFormat> formats,
            Map<String, String> recipe,
            Map<String, String> before,
            boolean traced) {
        if (!had(before, format)) {
            return new Decision(Action.MAKE, "the release before has none");
        }
        Optional<String> change = change(of(format, recipe), of(format, before));
        if (change.isPresent()) {
            return new Decision(Action.MAKE, change.get());
        }
        String inputs = recipe.getOrDefault(INPUTS, "");
        if (!inputs.isEmpty() && inputs.equals(before.get(INPUTS))) {
            return new Decision(Action.KEEP, "nothing that they depend on has changed");
        }
        if (traced) {
            return new Decision(Action.KEEP_UNCHANGED, "the input changed; tiles that no change touches are kept");
        }
        boolean told = formats.contains(TileFormat.FITS)
                && had(before, TileFormat.FITS)
                && change(of(TileFormat.FITS, recipe), of(TileFormat.FITS, before))
                        .isEmpty();
        return told
                ? new Decision(Action.KEEP_UNCHANGED, "the input changed; tiles with the same pixels are kept")
                : new Decision(
                        Action.MAKE,
                        "the input changed, and without fits tiles nothing tells which pixels are the same");
    }

    private static boolean had(Map<String, String> recipe, TileFormat format) {
        return List.of(recipe.getOrDefault(FORMATS, "").split(" ")).contains(format.keyword());
    }

    /** Returns what of a recipe counts for a format. */
    private static Map<String, String> of(TileFormat format, Map<String, String> recipe) {
        Map<String, String> counting = new TreeMap<>(recipe);
        counting.remove(INPUTS);
        counting.remove(FORMATS);
        if (format == TileFormat.FITS) {
            STYLE.forEach(counting::remove);
        } else {
            counting.remove(UNIT);
        }
        return counting;
    }

    /** Names the first value that is another. */
    private static Optional<String> change(Map<String, String> now, Map<String, String> before) {
        Map<String, String> all = new TreeMap<>(before);
        all.putAll(now);
        return all.keySet().stream()
                .filter(key -> !now.getOrDefault(key, "").equals(before.getOrDefault(key, "")))
                .findFirst()
                .map(key ->
                        key + " was '" + before.getOrDefault(key, "") + "', is '" + now.getOrDefault(key, "") + "'");
    }

    /**
     * Tells whether the file of a tile is kept, if the release before has one.
     *
     * @param samePixels whether its pixels are known to be those of the release before
     */
    public boolean keeps(TreeName.Tile tile, boolean samePixels) {
        return switch (action(tile.format())) {
            case MAKE -> false;
            case KEEP_UNCHANGED -> samePixels || isUntouched(tile.address());
            case KEEP -> true;
        };
    }

    private boolean isUntouched(TileAddress tile) {
        return touched.filter(cells -> !cells.touchesCell(tile.order(), tile.index()))
                .isPresent();
    }

    /** Returns what is done with the tiles of a format. */
    public Action action(TileFormat format) {
        return Optional.ofNullable(decisions.get(format)).map(Decision::action).orElse(Action.MAKE);
    }

    /** Returns the decisions as named values, for people and programs. */
    public Map<String, Object> facts(List<TileFormat> formats) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (TileFormat format : formats) {
            Decision decision = Optional.ofNullable(decisions.get(format)).orElseThrow();
            String what = switch (decision.action) {
                case MAKE -> "all made: ";
                case KEEP_UNCHANGED -> "some kept: ";
                case KEEP -> "all kept: ";
            };
            facts.put("tiles-" + format.keyword(), what + decision.why);
        }
        return facts;
    }
}
