package org.hipsnode.survey;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileFormat;

/**
 * What we intend a survey to be: the source, the tiles, how they look, what the keyword list says, and what makes the tiles.
 *
 * @param keywords keywords of {@code properties} that are given and not computed, among them creator_did, obs_title and
 *     hips_release_date
 */
public record SurveyDefinition(Source source, Tiles tiles, Display display, HipsProperties keywords, Engine engine) {
    /** A day: who has to wait longer for a sign of life has other troubles. */
    public static final int MAX_SILENCE_MINUTES = 24 * 60;

    /**
     * Where the values come from.
     *
     * @param map file of a HEALPix map
     * @param hdu number of the HDU, 1 for the first extension
     * @param column name or number of the column
     * @param frame frame of the map, where its header does not tell or tells wrong
     */
    public record Source(Path map, OptionalInt hdu, Optional<String> column, Optional<Frame> frame) {}

    /**
     * What is written.
     *
     * @param formats empty for the usual ones
     */
    public record Tiles(List<TileFormat> formats, OptionalInt width, OptionalInt order) {
        /** The usual formats; width and order as the source asks for. */
        public static final Tiles USUAL = new Tiles(List.of(), OptionalInt.empty(), OptionalInt.empty());

        public Tiles {
            formats = List.copyOf(formats);
        }
    }

    /**
     * How values become colours; each part in the words of its flag, empty to be chosen from the data.
     *
     * @param cut such as {@code 0.5% 99.5%} or {@code -3 120}
     */
    public record Display(Optional<String> cut, Optional<String> stretch, Optional<String> colormap) {
        /** Everything chosen from the data. */
        public static final Display FROM_DATA = new Display(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What makes the tiles. */
    public sealed interface Engine {
        Engine NATIVE = new Native();

        /** Returns the word for it in flags and definitions. */
        String keyword();

        /** This program. */
        record Native() implements Engine {
            @Override
            public String keyword() {
                return "native";
            }
        }

        /**
         * An Aladin that is installed, whose Hipsgen is run.
         *
         * @param jar empty for the one that Debian's package installs
         * @param silence how long it may write nothing before it is taken for dead
         */
        record Aladin(Optional<Path> jar, Duration silence) implements Engine {
            /** Hipsgen writes at least a dot each second, so minutes are plenty. */
            public static final Aladin USUAL = new Aladin(Optional.empty(), Duration.ofMinutes(10));

            @Override
            public String keyword() {
                return "aladin";
            }
        }
    }

    /** A survey whose tiles this program makes itself. */
    public SurveyDefinition(Source source, Tiles tiles, Display display, HipsProperties keywords) {
        this(source, tiles, display, keywords, Engine.NATIVE);
    }

    /** Reads a definition; relative paths count from the definition's folder. */
    public static SurveyDefinition read(Path file) throws IOException {
        YamlMap yaml = YamlMap.read(file);
        HipsProperties keywords = HipsProperties.empty();
        for (String[] pair : new String[][] {{"id", "creator_did"}, {"title", "obs_title"}}) {
            Optional<String> value = yaml.text(pair[0]);
            if (value.isPresent()) {
                keywords = with(keywords, pair[1], List.of(value.get()), yaml, pair[0]);
            }
        }
        keywords = withReleaseDate(yaml, keywords);
        YamlMap source = yaml.map("source").orElseThrow(() -> missing(file, "source"));
        Optional<YamlMap> tiles = yaml.map("tiles");
        Optional<YamlMap> display = yaml.map("display");
        Optional<YamlMap> engine = yaml.map("engine");
        SurveyDefinition definition = new SurveyDefinition(
                readSource(source, file),
                tiles.isPresent() ? readTiles(tiles.get()) : Tiles.USUAL,
                display.isPresent() ? readDisplay(display.get()) : Display.FROM_DATA,
                withProperties(yaml, keywords),
                engine.isPresent() ? readEngine(engine.get(), file) : Engine.NATIVE);
        yaml.finish();
        return definition;
    }

    private static ConfigException missing(Path file, String key) {
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

    private static Source readSource(YamlMap yaml, Path file) throws ConfigException {
        Path map = path(yaml, "map", yaml.requireText("map"), file);
        Source source = new Source(map, yaml.integer("hdu", 0, 4096), yaml.text("column"), readFrame(yaml));
        yaml.finish();
        return source;
    }

    private static Path path(YamlMap yaml, String key, String text, Path file) throws ConfigException {
        try {
            return file.toAbsolutePath().resolveSibling(text);
        } catch (InvalidPathException e) {
            throw yaml.wrong(key, "a path", text);
        }
    }

    private static Optional<Frame> readFrame(YamlMap yaml) throws ConfigException {
        Optional<String> word = yaml.text("frame");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        for (Frame frame : Frame.values()) {
            if (frame.keyword().equals(word.get())) {
                return Optional.of(frame);
            }
        }
        throw yaml.wrong("frame", "equatorial, galactic or ecliptic", word.get());
    }

    private static Tiles readTiles(YamlMap yaml) throws ConfigException {
        List<TileFormat> formats = readFormats(yaml);
        OptionalInt width = yaml.integer("width", 1, 1 << 15);
        try {
            width.ifPresent(PixelOrder::requireWidth);
        } catch (IllegalArgumentException e) {
            throw yaml.wrong("width", "a power of two", Integer.toString(width.getAsInt()));
        }
        Tiles tiles = new Tiles(formats, width, yaml.integer("order", 0, 29));
        yaml.finish();
        return tiles;
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
        Display display = new Display(yaml.text("cut"), yaml.text("stretch"), yaml.text("colormap"));
        yaml.finish();
        return display;
    }

    private static Engine readEngine(YamlMap yaml, Path file) throws ConfigException {
        String name = yaml.requireText("name");
        if (name.equals(Engine.NATIVE.keyword())) {
            yaml.finish();
            return Engine.NATIVE;
        }
        if (!name.equals(Engine.Aladin.USUAL.keyword())) {
            throw yaml.wrong("name", "native or aladin", name);
        }
        Optional<String> jar = yaml.text("jar");
        OptionalInt silence = yaml.integer("silence-minutes", 1, MAX_SILENCE_MINUTES);
        yaml.finish();
        return new Engine.Aladin(
                jar.isPresent() ? Optional.of(path(yaml, "jar", jar.get(), file)) : Optional.empty(),
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
