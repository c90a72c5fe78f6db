package org.hipsnode.generate.body;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.image.ImageGrid;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.generate.source.UnpackedFile.Packing;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.Resampling.Method;
import org.hipsnode.survey.SurveyDefinition.Tiles;

/** A plane map of a body, opened, ready to be made into tiles. */
public final class BodyMapFile implements Closeable {
    private static final int START = 1 << 14;

    private final BodyMap definition;
    private final MapLabel label;
    private final String body;
    private final ImageGrid grid;
    private final Method sampling;
    private final RasterFile file;

    private BodyMapFile(BodyMap definition, MapLabel label, String body, ImageGrid grid, Tiles tiles)
            throws IOException {
        this.definition = definition;
        this.label = label;
        this.body = body;
        this.grid = grid;
        this.sampling = tiles.resampling().method().orElse(Method.BILINEAR);
        this.file = label.open(definition.map().toString());
    }

    /** Opens a map, and decides into which pixels it goes. */
    public static BodyMapFile open(BodyMap definition, Tiles tiles, Warnings warnings) throws IOException {
        if (tiles.resampling().frame().isPresent()) {
            throw new ConfigException("a survey of a body has the body's own frame: leave out frame (--frame)");
        }
        MapLabel label = label(definition, warnings);
        boolean done = false;
        try {
            ImageGrid grid = ImageGrid.of(label.plane().scaleDegrees(), tiles);
            BodyMapFile opened = new BodyMapFile(definition, label, body(definition, label), grid, tiles);
            done = true;
            return opened;
        } finally {
            if (!done) {
                label.unpacked().close();
            }
        }
    }

    /** Tells whether a file is a label of a map, which can be nothing else. */
    public static boolean isLabel(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        String start = start(file);
        return start.contains(Pds3Map.START) || start.contains(Pds4Map.START);
    }

    private static MapLabel label(BodyMap definition, Warnings warnings) throws IOException {
        Path map = definition.map();
        if (!Files.isRegularFile(map)) {
            throw MalformedDataException.expected(map.toString(), "a map of a body", "no such file");
        }
        String start = start(map);
        if (start.contains(Pds3Map.START)) {
            return Pds3Map.read(definition, warnings);
        }
        if (start.contains(Pds4Map.START)) {
            return Pds4Map.read(definition, warnings);
        }
        if (start.matches("(?is)\\s*object\\s*=\\s*isiscube.*")) {
            throw MalformedDataException.expected(
                    map.toString(),
                    "FITS, PNG, JPEG, TIFF or PDS",
                    "an ISIS cube; convert it by isis2fits or gdal_translate");
        }
        if (Packing.of(map).holdsFits(map)) {
            return FitsMap.read(definition);
        }
        Optional<Path> beside = labelOf(map);
        return beside.isPresent()
                ? Pds3Map.read(
                        new BodyMap(beside.get(), definition.body(), definition.plane(), definition.blank()), warnings)
                : PictureMap.read(definition);
    }

    private static String start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(START), StandardCharsets.ISO_8859_1);
        }
    }

    /** Returns the label beside the data of an archive. */
    private static Optional<Path> labelOf(Path data) {
        String name = String.valueOf(data.getFileName());
        if (!name.matches("(?i).*\\.(img|dat)")) {
            return Optional.empty();
        }
        String base = name.substring(0, name.length() - 4);
        return List.of(base + ".lbl", base + ".LBL").stream()
                .map(data::resolveSibling)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String body(BodyMap definition, MapLabel label) throws ConfigException {
        String name = definition
                .body()
                .or(label.facts()::body)
                .orElseThrow(() -> new ConfigException("'" + definition.map()
                        + "': expected the name of the body, found none; give --body, such as mars"))
                .strip()
                .toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9][a-z0-9_ -]{0,60}")) {
            throw new ConfigException(
                    "expected a body's name of letters and digits, such as mars, found '" + name + "'");
        }
        return name;
    }

    /** Returns one source of values, or those of red, green and blue. */
    public List<TileSource> sources() {
        BodySource.Manner manner = new BodySource.Manner(
                grid.pixelOrder(),
                sampling == Method.NEAREST,
                format(),
                label.facts().unit());
        return IntStream.range(0, isColour() ? 3 : 1)
                .mapToObj(band -> (TileSource) new BodySource(file, label.plane(), band, manner))
                .toList();
    }

    private PixelFormat format() {
        if (isColour()) {
            return PixelFormat.of(PixelType.INT16).withBlank(PictureMap.BLANK);
        }
        return PixelFormat.of(label.raster().type().fitsFloat() ? PixelType.FLOAT32 : PixelType.FLOAT64);
    }

    /** Tells whether the map is a picture in colours. */
    public boolean isColour() {
        return label.facts().colour();
    }

    /** Returns the definition with everything found out. */
    public BodyMap definition() {
        return new BodyMap(definition.map(), Optional.of(body), definition.plane(), definition.blank());
    }

    /** Returns the name of the body, in small letters. */
    public String body() {
        return body;
    }

    /** Returns how values between the pixels of the map are found. */
    public Method sampling() {
        return sampling;
    }

    /** Returns the tile width that the order asks for, if it does. */
    public OptionalInt tileWidth() {
        return grid.width();
    }

    /** Returns the side of the map's pixels where they are best, in degrees. */
    public double pixelScaleDegrees() {
        return label.plane().scaleDegrees();
    }

    /** Returns the FITS type that is nearest to that of the map's numbers. */
    public PixelType type() {
        return switch (label.raster().type()) {
            case UINT8 -> PixelType.UINT8;
            case INT8, INT16 -> PixelType.INT16;
            case UINT16, INT32 -> PixelType.INT32;
            case UINT32, INT64 -> PixelType.INT64;
            case FLOAT32 -> PixelType.FLOAT32;
            case FLOAT64 -> PixelType.FLOAT64;
        };
    }

    /** Returns when the map was made, if it tells. */
    public Optional<String> date() {
        return label.facts().date();
    }

    /** Returns the files that the map is read from. */
    public List<Path> files() {
        return label.facts().files();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
