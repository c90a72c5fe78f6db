package org.hipsnode.survey;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.fits.PixelType;
import org.hipsnode.io.WebAddress;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.Colour;
import org.hipsnode.survey.SurveyDefinition.Cube;
import org.hipsnode.survey.SurveyDefinition.Display;
import org.hipsnode.survey.SurveyDefinition.Engine;
import org.hipsnode.survey.SurveyDefinition.Hips;
import org.hipsnode.survey.SurveyDefinition.Images;
import org.hipsnode.survey.SurveyDefinition.MapFile;
import org.hipsnode.survey.SurveyDefinition.Part;
import org.hipsnode.survey.SurveyDefinition.Pixels;
import org.hipsnode.survey.SurveyDefinition.Polarization;
import org.hipsnode.survey.SurveyDefinition.Resampling;
import org.hipsnode.survey.SurveyDefinition.Source;
import org.hipsnode.survey.SurveyDefinition.Tiles;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileFormat;

/** Reads definitions from their YAML files. */
final class DefinitionReader {
    /** A petabyte. */
    private static final double MAX_SIZE = 1e15;

    private final Path file;
    private final Path cache;
    private final List<Download> downloads = new ArrayList<>();

    /**
     * Prepares to read a file.
     *
     * @param cache folder where files from afar will lie
     */
    DefinitionReader(Path file, Path cache) {
        this.file = file;
        this.cache = cache;
    }

    SurveyDefinition read() throws IOException {
        YamlMap yaml = YamlMap.read(file);
        HipsProperties keywords = HipsProperties.empty();
        for (String[] pair : new String[][] {{"id", "creator_did"}, {"title", "obs_title"}}) {
            Optional<String> value = yaml.text(pair[0]);
            if (value.isPresent()) {
                keywords = with(keywords, pair[1], List.of(value.get()), yaml, pair[0]);
            }
        }
        keywords = withReleaseDate(yaml, keywords);
        YamlMap source = yaml.map("source").orElseThrow(() -> missing("source"));
        Optional<YamlMap> tiles = yaml.map("tiles");
        Optional<YamlMap> display = yaml.map("display");
        Optional<YamlMap> engine = yaml.map("engine");
        SurveyDefinition definition = new SurveyDefinition(
                readSource(source),
                tiles.isPresent() ? readTiles(tiles.get()) : Tiles.USUAL,
                display.isPresent() ? readDisplay(display.get()) : Display.FROM_DATA,
                withProperties(yaml, keywords),
                engine.isPresent() ? readEngine(engine.get()) : Engine.NATIVE,
                downloads);
        yaml.texts("unverified"); // a note among people
        yaml.finish();
        return definition;
    }

    private ConfigException missing(String key) {
        return new ConfigException("'" + file + "': key '" + key + "' is missing");
    }

    private static HipsProperties withReleaseDate(YamlMap yaml, HipsProperties keywords) throws ConfigException {
        Optional<String> date = yaml.text("release-date");
        if (date.isEmpty()) {
            return keywords;
        }
        HipsDate parsed = HipsDate.parse(date.get())
                .orElseThrow(() -> yaml.wrong("release-date", "a date such as 2026-11-22T09:30Z", date.get()));
        return keywords.with("hips_release_date", parsed.toString());
    }

    private Source readSource(YamlMap yaml) throws ConfigException {
        readSize(yaml); // known for files that are here too
        Source source = readKind(yaml);
        yaml.finish();
        return source;
    }

    private Source readKind(YamlMap yaml) throws ConfigException {
        if (yaml.map("red").isPresent()) {
            return new Colour(readChannel(yaml, "red"), readChannel(yaml, "green"), readChannel(yaml, "blue"));
        }
        Optional<String> hips = yaml.text("hips");
        if (hips.isPresent()) {
            Hips survey = new Hips(hips.get());
            return survey.isRemote()
                    ? survey
                    : new Hips(path(yaml, "hips", hips.get()).toString());
        }
        List<String> bodyMap = yaml.texts("body-map");
        if (!bodyMap.isEmpty()) {
            Path map = place(yaml, "body-map", bodyMap);
            readBeside(yaml, isFar(bodyMap.get(0)));
            return new BodyMap(map, yaml.text("body"), readPlane(yaml), yaml.number("blank"));
        }
        List<String> images = yaml.texts("images");
        if (!images.isEmpty()) {
            return readImages(images, yaml);
        }
        List<String> names = yaml.texts("map");
        Path map = place(yaml, "map", names.isEmpty() ? List.of(yaml.requireText("map")) : names);
        MapFile one = new MapFile(map, yaml.integer("hdu", 0, 4096), yaml.text("column"), readFrame(yaml));
        Optional<Polarization.Quantity> quantity = word(yaml, "polarization", Polarization.Quantity.values());
        if (quantity.isPresent()) {
            return new Polarization(one, yaml.text("column-u"), quantity.get());
        }
        Optional<Cube.Along> along = word(yaml, "cube", Cube.Along.values());
        return along.isPresent() ? new Cube(one, along.get()) : one;
    }

    /** Files that a label names: fetched, they lie in the folder of the label. */
    private void readBeside(YamlMap yaml, boolean fetched) throws ConfigException {
        for (String name : yaml.texts("beside")) {
            if (!fetched || !isFar(name)) {
                throw yaml.wrong("beside", "addresses of http or https, for a map that has one", name);
            }
            Download label = downloads.get(downloads.size() - 1);
            Download other = label.beside(address(yaml, "beside", name));
            if (downloads.stream().anyMatch(known -> known.place().equals(other.place()))) {
                throw yaml.wrong("beside", "files of different names", name);
            }
            downloads.add(other);
        }
    }

    /** A map is one file; several addresses are mirrors of it. */
    private Path place(YamlMap yaml, String key, List<String> names) throws ConfigException {
        return names.size() > 1 || isFar(names.get(0)) ? far(yaml, key, names) : here(yaml, key, names.get(0));
    }

    private static boolean isFar(String name) {
        return name.matches("(?is)https?:.*");
    }

    private Path far(YamlMap yaml, String key, List<String> names) throws ConfigException {
        List<WebAddress> addresses = new ArrayList<>();
        for (String name : names) {
            addresses.add(address(yaml, key, name));
        }
        Download download = Download.into(cache, addresses, readSize(yaml));
        downloads.add(download);
        return download.place();
    }

    private static WebAddress address(YamlMap yaml, String key, String name) throws ConfigException {
        return WebAddress.parse(name)
                .orElseThrow(() -> yaml.wrong(key, WebAddress.EXPECTED, WebAddress.withoutSecrets(name)));
    }

    private static OptionalLong readSize(YamlMap yaml) throws ConfigException {
        OptionalDouble size = yaml.number("size");
        if (size.isPresent() && !(size.getAsDouble() >= 1 && size.getAsDouble() <= MAX_SIZE)) {
            throw yaml.wrong("size", "a number of bytes, such as 2.0e9", Double.toString(size.getAsDouble()));
        }
        return size.isPresent() ? OptionalLong.of((long) size.getAsDouble()) : OptionalLong.empty();
    }

    private Path here(YamlMap yaml, String key, String name) throws ConfigException {
        if (!name.matches("(?is)file:.*")) {
            return path(yaml, key, name);
        }
        try {
            return Path.of(new URI(name));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw yaml.wrong(key, "an address such as file:///data/map.fits", name);
        }
    }

    private Images readImages(List<String> names, YamlMap yaml) throws ConfigException {
        List<Path> places = new ArrayList<>();
        for (String name : names) {
            places.add(isFar(name) ? far(yaml, "images", List.of(name)) : here(yaml, "images", name));
        }
        return new Images(
                places,
                yaml.text("hdu"),
                yaml.integer("plane", 1, 1 << 20),
                word(yaml, "coadd", Images.Coadd.values()).orElse(Images.Coadd.MEAN),
                yaml.number("blank"),
                new Images.Weights(yaml.text("weights"), yaml.text("errors"), yaml.text("weight-keyword")),
                new Images.Adjustment(
                        yaml.text("border"),
                        yaml.text("saturated"),
                        yaml.text("scale-keyword"),
                        word(yaml, "background", Images.Background.values()).orElse(Images.Background.NONE)));
    }

    private static BodyMap.Plane readPlane(YamlMap yaml) throws ConfigException {
        return new BodyMap.Plane(
                word(yaml, "projection", BodyMap.Projection.values()),
                bounded(yaml, "centre-longitude", 360),
                word(yaml, "longitudes", BodyMap.Longitudes.values()),
                word(yaml, "latitudes", BodyMap.Latitudes.values()),
                bounded(yaml, "flattening", 0.9),
                bounded(yaml, "edge-latitude", 90));
    }

    private static OptionalDouble bounded(YamlMap yaml, String key, double most) throws ConfigException {
        OptionalDouble number = yaml.number(key);
        if (number.isPresent() && !(Math.abs(number.getAsDouble()) <= most)) {
            throw yaml.wrong(key, "a number of at most " + most, Double.toString(number.getAsDouble()));
        }
        return number;
    }

    private Part readChannel(YamlMap yaml, String key) throws ConfigException {
        YamlMap channel = yaml.map(key).orElseThrow(() -> missing("source." + key));
        Source source = readSource(channel);
        if (source instanceof Part part) {
            return part;
        }
        throw yaml.wrong(key, "one map or one survey", "something composed");
    }

    private static <T extends Enum<T>> Optional<T> word(YamlMap yaml, String key, T[] values) throws ConfigException {
        Optional<String> word = yaml.text(key);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        for (T value : values) {
            if (value.name().equalsIgnoreCase(word.get())) {
                return Optional.of(value);
            }
        }
        List<String> words = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        int last = words.size() - 1;
        throw yaml.wrong(key, String.join(", ", words.subList(0, last)) + " or " + words.get(last), word.get());
    }

    private Path path(YamlMap yaml, String key, String text) throws ConfigException {
        try {
            return file.toAbsolutePath().resolveSibling(text);
        } catch (InvalidPathException e) {
            throw yaml.wrong(key, "a path", text);
        }
    }

    private static Optional<Frame> readFrame(YamlMap yaml) throws ConfigException {
        return word(yaml, "frame", Frame.values());
    }

    private Tiles readTiles(YamlMap yaml) throws ConfigException {
        List<TileFormat> formats = readFormats(yaml);
        OptionalInt width = yaml.integer("width", 1, 1 << 15);
        try {
            width.ifPresent(PixelOrder::requireWidth);
        } catch (IllegalArgumentException e) {
            throw yaml.wrong("width", "a power of two", Integer.toString(width.getAsInt()));
        }
        Optional<String> region = yaml.text("moc");
        Tiles tiles = new Tiles(
                formats,
                width,
                yaml.integer("order", 0, 29),
                new Resampling(readFrame(yaml), word(yaml, "resampling", Resampling.Method.values())),
                readPixels(yaml),
                region.isPresent() ? Optional.of(path(yaml, "moc", region.get())) : Optional.empty());
        yaml.finish();
        return tiles;
    }

    private static Optional<Pixels> readPixels(YamlMap yaml) throws ConfigException {
        OptionalInt bitpix = yaml.integer("bitpix", -64, 64);
        OptionalDouble scale = yaml.number("bscale");
        OptionalDouble zero = yaml.number("bzero");
        if (bitpix.isEmpty()) {
            if (scale.isPresent() || zero.isPresent()) {
                throw yaml.wrong(scale.isPresent() ? "bscale" : "bzero", "a bitpix beside it", "none");
            }
            return Optional.empty();
        }
        if (PixelType.ofBitpix(bitpix.getAsInt()).isEmpty()) {
            throw yaml.wrong("bitpix", "8, 16, 32, 64, -32 or -64", Integer.toString(bitpix.getAsInt()));
        }
        return Optional.of(new Pixels(bitpix.getAsInt(), scale, zero));
    }

    private static List<TileFormat> readFormats(YamlMap yaml) throws ConfigException {
        List<TileFormat> formats = new ArrayList<>();
        for (String word : yaml.texts("formats")) {
            TileFormat format = TileFormat.ofWord(word)
                    .filter(f -> f != TileFormat.TSV)
                    .orElseThrow(() -> yaml.wrong("formats", "fits, png, jpeg or webp", word));
            if (formats.contains(format)) {
                throw yaml.wrong("formats", "each format once", word);
            }
            formats.add(format);
        }
        return formats;
    }

    private static Display readDisplay(YamlMap yaml) throws ConfigException {
        List<String> cuts = yaml.texts("cut");
        Display display = new Display(
                cuts.isEmpty() ? Optional.empty() : Optional.of(String.join(" / ", cuts)),
                yaml.text("stretch"),
                yaml.text("colormap"),
                yaml.text("composition"));
        yaml.finish();
        return display;
    }

    private Engine readEngine(YamlMap yaml) throws ConfigException {
        String name = yaml.requireText("name");
        if (name.equals(Engine.NATIVE.keyword())) {
            yaml.finish();
            return Engine.NATIVE;
        }
        if (!name.equals(Engine.Aladin.USUAL.keyword())) {
            throw yaml.wrong("name", "native or aladin", name);
        }
        Optional<String> jar = yaml.text("jar");
        OptionalInt silence = yaml.integer("silence-minutes", 1, SurveyDefinition.MAX_SILENCE_MINUTES);
        yaml.finish();
        return new Engine.Aladin(
                jar.isPresent() ? Optional.of(path(yaml, "jar", jar.get())) : Optional.empty(),
                silence.isPresent() ? Duration.ofMinutes(silence.getAsInt()) : Engine.Aladin.USUAL.silence());
    }

    private static HipsProperties withProperties(YamlMap yaml, HipsProperties keywords) throws ConfigException {
        HipsProperties result = keywords;
        Optional<YamlMap> properties = yaml.map("properties");
        if (properties.isPresent()) {
            for (String key : properties.get().keys()) {
                result = with(result, key, properties.get().texts(key), properties.get(), key);
            }
        }
        return result;
    }

    /** Sets a keyword to what stands under a key; both come from a file that anybody wrote. */
    private static HipsProperties with(
            HipsProperties keywords, String keyword, List<String> values, YamlMap yaml, String key)
            throws ConfigException {
        try {
            return keywords.withAll(keyword, values);
        } catch (IllegalArgumentException e) {
            throw yaml.wrong(
                    key,
                    "a keyword of letters, digits and '_' and text of one line without control characters and '\\:'",
                    String.join("', '", values));
        }
    }
}
