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
import org.hipsnode.generate.image.ImagesOfTiles;
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
    private static final String IMAGES = "images";

    private Provenance() {}

    /**
     * Returns the bytes of the file, after reading the inputs once.
     *
     * @param used the definition with everything decided
     * @param inputs files that it is made from
     * @param recipe all that decides the bytes of tiles
     * @param images which of them the tiles are made of, if they are images
     * @param builder name and version of this program
     */
    static byte[] of(
            SurveyDefinition used,
            Inputs inputs,
            Map<String, String> recipe,
            Optional<ImagesOfTiles> images,
            String builder)
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
        images.ifPresent(list -> provenance.put(IMAGES, list.facts()));
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
        return read(folder, RECIPE, Provenance::texts);
    }

    /** Returns which images the tiles of a survey in a folder are made of; empty if nothing tells that can be read. */
    static Optional<ImagesOfTiles> images(Path folder) {
        return read(folder, IMAGES, ImagesOfTiles::read);
    }

    /** Reads an object from the brace at its begin. */
    private interface Reading<T> {
        T read(JsonParser json) throws IOException;
    }

    private static <T> Optional<T> read(Path folder, String member, Reading<T> reading) {
        Path file = folder.resolve(ManifestName.PROVENANCE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (JsonParser json = JSON.createParser(Files.newInputStream(file))) {
            return find(json, member) ? Optional.of(reading.read(json)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // then all is made anew
        }
    }

    /** Passes over other members: there may be very many inputs. */
    private static boolean find(JsonParser json, String member) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals(member);
            if (json.nextToken() == JsonToken.START_OBJECT && wanted) {
                return true;
            }
            json.skipChildren();
        }
        return false;
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
        } else if (source instanceof SurveyDefinition.BodyMap map) {
            putBodyMap(values, map);
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

    private static void putBodyMap(Map<String, Object> values, SurveyDefinition.BodyMap map) {
        SurveyDefinition.BodyMap.Plane plane = map.plane();
        values.put("body-map", name(map.map()));
        put(values, "body", map.body());
        put(values, "projection", plane.projection().map(SurveyDefinition.BodyMap.Projection::keyword));
        plane.centreLongitude().ifPresent(longitude -> values.put("centre-longitude", longitude));
        put(values, "longitudes", plane.longitudes().map(SurveyDefinition.BodyMap.Longitudes::keyword));
        put(values, "latitudes", plane.latitudes().map(SurveyDefinition.BodyMap.Latitudes::keyword));
        plane.flattening().ifPresent(flattening -> values.put("flattening", flattening));
        plane.edgeLatitude().ifPresent(latitude -> values.put("edge-latitude", latitude));
        map.blank().ifPresent(blank -> values.put("blank", blank));
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
