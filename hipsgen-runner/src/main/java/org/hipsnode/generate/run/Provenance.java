package org.hipsnode.generate.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.JsonText;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.tile.TileFormat;

/**
 * What a survey was made from and how, as JSON: inputs with digests, the program, and the definition with everything in it
 * that was found out or chosen.
 *
 * <p>The definition is one that {@code SurveyDefinition} reads, JSON being YAML: beside the same input it makes the same
 * survey.
 */
final class Provenance {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String FORMAT = "hipsnode-provenance";
    private static final int VERSION = 1;
    private static final String RECIPE = "recipe";

    private Provenance() {}

    /**
     * Returns the bytes of the file, after reading the inputs once.
     *
     * @param used the definition with everything decided
     * @param inputs files that it is made from
     * @param recipe all that decides the bytes of tiles
     * @param builder name and version of this program
     */
    static byte[] of(SurveyDefinition used, Inputs inputs, Map<String, String> recipe, String builder)
            throws IOException {
        List<Map<String, Object>> described = new ArrayList<>();
        for (Inputs.Digested input : inputs.digested()) {
            described.add(describe(input));
        }
        Map<String, Object> provenance = new LinkedHashMap<>();
        provenance.put("format", FORMAT);
        provenance.put("version", VERSION);
        provenance.put("software", builder);
        provenance.put("inputs", described);
        provenance.put(RECIPE, recipe);
        provenance.put("definition", definition(used));
        return JsonText.lines(provenance);
    }

    private static Map<String, Object> describe(Inputs.Digested file) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("name", name(file.file()));
        input.put("bytes", file.bytes());
        input.put("sha256", file.sha256());
        return input;
    }

    /** Returns the recipe of a survey in a folder; empty if there is none, or none that can be read. */
    static Optional<Map<String, String>> recipe(Path folder) {
        Path file = folder.resolve(ManifestName.PROVENANCE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (JsonParser json = JSON.createParser(Files.newInputStream(file))) {
            return recipe(json);
        } catch (IOException e) {
            return Optional.empty(); // then all is made anew
        }
    }

    /** Passes over the inputs, of which there may be very many. */
    private static Optional<Map<String, String>> recipe(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals(RECIPE);
            boolean object = json.nextToken() == JsonToken.START_OBJECT;
            if (wanted && object) {
                return Optional.of(texts(json));
            }
            json.skipChildren();
        }
        return Optional.empty();
    }

    private static Map<String, String> texts(JsonParser json) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            values.put(key, String.valueOf(json.getValueAsString()));
            json.skipChildren();
        }
        return values;
    }

    /** Returns which values a definition takes, in words without folders. */
    static String text(SurveyDefinition.Source source) {
        Map<String, Object> values = source(source);
        values.remove("images"); // which they are is told by their digests
        return values.toString();
    }

    /** Nobody else is to know the folders of this machine. */
    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static Map<String, Object> definition(SurveyDefinition used) {
        Map<String, Object> definition = new LinkedHashMap<>();
        HipsProperties others = move("creator_did", "id", used.keywords(), definition);
        others = move("obs_title", "title", others, definition);
        others = move("hips_release_date", "release-date", others, definition);
        definition.put("source", source(used.source()));
        definition.put("tiles", tiles(used.tiles()));
        definition.put("display", display(used.display()));
        definition.put("properties", keywords(others));
        definition.put("engine", Map.of("name", used.engine().keyword()));
        return definition;
    }

    /** Puts a keyword under the key that a definition has for it, and returns the other keywords. */
    private static HipsProperties move(
            String keyword, String key, HipsProperties keywords, Map<String, Object> definition) {
        put(definition, key, keywords.value(keyword));
        return keywords.without(keyword);
    }

    private static void put(Map<String, Object> values, String key, Optional<?> value) {
        value.ifPresent(v -> values.put(key, v));
    }

    private static Map<String, Object> source(SurveyDefinition.Source source) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (source instanceof SurveyDefinition.MapFile map) {
            values.put("map", name(map.map()));
            map.hdu().ifPresent(hdu -> values.put("hdu", hdu));
            put(values, "column", map.column());
            put(values, "frame", map.frame().map(Frame::keyword));
        } else if (source instanceof SurveyDefinition.Images images) {
            putImages(values, images);
        } else if (source instanceof SurveyDefinition.Hips hips) {
            values.put("hips", hips.isRemote() ? WebAddress.withoutSecrets(hips.place()) : name(Path.of(hips.place())));
        } else if (source instanceof SurveyDefinition.Colour colour) {
            values.put("red", source(colour.red()));
            values.put("green", source(colour.green()));
            values.put("blue", source(colour.blue()));
        } else if (source instanceof SurveyDefinition.Polarization polarization) {
            values.putAll(source(polarization.map()));
            put(values, "column-u", polarization.u());
            values.put("polarization", polarization.quantity().keyword());
        } else if (source instanceof SurveyDefinition.Cube cube) {
            values.putAll(source(cube.map()));
            values.put("cube", cube.along().keyword());
        }
        return values;
    }

    private static void putImages(Map<String, Object> values, SurveyDefinition.Images images) {
        values.put("images", images.places().stream().map(Provenance::name).toList());
        put(values, "hdu", images.hdus());
        images.plane().ifPresent(plane -> values.put("plane", plane));
        values.put("coadd", images.coadd().keyword());
        images.blank().ifPresent(blank -> values.put("blank", blank));
        put(values, "weights", images.weights().map());
        put(values, "errors", images.weights().errors());
        put(values, "weight-keyword", images.weights().keyword());
        put(values, "border", images.adjustment().border());
        put(values, "saturated", images.adjustment().saturated());
        put(values, "scale-keyword", images.adjustment().scale());
        if (images.adjustment().background() != SurveyDefinition.Images.Background.NONE) {
            values.put("background", images.adjustment().background().keyword());
        }
    }

    private static Map<String, Object> tiles(SurveyDefinition.Tiles tiles) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("formats", tiles.formats().stream().map(TileFormat::keyword).toList());
        tiles.width().ifPresent(width -> values.put("width", width));
        tiles.order().ifPresent(order -> values.put("order", order));
        put(values, "frame", tiles.resampling().frame().map(Frame::keyword));
        put(values, "resampling", tiles.resampling().method().map(SurveyDefinition.Resampling.Method::keyword));
        tiles.pixels().ifPresent(pixels -> {
            values.put("bitpix", pixels.bitpix());
            pixels.scale().ifPresent(scale -> values.put("bscale", scale));
            pixels.zero().ifPresent(zero -> values.put("bzero", zero));
        });
        put(values, "moc", tiles.region().map(Provenance::name));
        return values;
    }

    private static Map<String, Object> display(SurveyDefinition.Display display) {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, "cut", display.cut());
        put(values, "stretch", display.stretch());
        put(values, "colormap", display.colormap());
        put(values, "composition", display.composition());
        return values;
    }

    private static Map<String, Object> keywords(HipsProperties keywords) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : keywords.keys()) {
            List<String> texts = keywords.values(key);
            values.put(key, texts.size() == 1 ? texts.get(0) : texts);
        }
        return values;
    }
}
