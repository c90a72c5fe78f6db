package org.hipsnode.generate.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.hipsnode.tile.TileFormat;

/** All that decides the bytes of tiles, as named values. */
public final class Recipe {
    private Recipe() {}

    /**
     * Returns the recipe of a plan.
     *
     * @param source which values are taken, in words without folders
     * @param unit of the values
     * @param region what of the sky is taken, by its digest; empty for all
     * @param builder name and version of this program
     * @param inputs digests of the inputs; empty if they cannot be summed up
     */
    public static Map<String, String> of(
            GenerationPlan plan, String source, String unit, String region, String builder, String inputs) {
        Layout layout = plan.layout();
        Map<String, String> recipe = new LinkedHashMap<>();
        recipe.put("software", builder);
        recipe.put("source", source);
        recipe.put("region", region);
        recipe.put("frame", layout.frame().keyword());
        recipe.put("pixel-order", Integer.toString(layout.sourceOrder()));
        recipe.put("tile-width", Integer.toString(layout.tileWidth()));
        recipe.put("sampling", plan.origin().sampling());
        recipe.put("pixels", plan.pixels().toString());
        recipe.put(Upkeep.UNIT, unit);
        recipe.putAll(plan.style().facts());
        recipe.put(
                Upkeep.FORMATS, plan.formats().stream().map(TileFormat::keyword).collect(Collectors.joining(" ")));
        recipe.put(Upkeep.INPUTS, inputs);
        return recipe;
    }
}
