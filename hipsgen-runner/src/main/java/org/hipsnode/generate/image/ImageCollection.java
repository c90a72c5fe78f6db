package org.hipsnode.generate.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.source.ConvertedSource;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.moc.Moc;
import org.hipsnode.progress.Progress;
import org.hipsnode.survey.SurveyDefinition.Images;
import org.hipsnode.survey.SurveyDefinition.Resampling.Method;
import org.hipsnode.survey.SurveyDefinition.Tiles;
import org.hipsnode.wcs.ImageWcs;
import org.hipsnode.work.OrderedWork;

/** A collection of images, found and indexed, ready to be made into tiles. */
public final class ImageCollection {
    /** Red, green and blue. */
    private static final int COLOURS = 3;

    /** Images may differ by this factor in the size of their pixels before somebody should know. */
    private static final double SAME_SCALE = 2;

    private final Images definition;
    private final List<SkyImage> images;
    private final double[] levels;
    private final List<Rejection> rejections;
    private final double scaleDegrees;
    private final ImageGrid grid;
    private final Method sampling;
    private final ImageIndex index;
    private final boolean colour;
    private final List<ImageSource> sources;

    private ImageCollection(
            Images definition, ImageScan scan, Tiles tiles, Warnings warnings, int workers, Progress progress)
            throws IOException {
        this.definition = definition;
        this.images = scan.images();
        this.colour = images.stream().anyMatch(image -> image.place().isColour());
        this.rejections = scan.rejections();
        requireAny();
        requireValuesOnly();
        this.scaleDegrees = scale(warnings);
        this.grid = ImageGrid.of(scaleDegrees, tiles);
        this.sampling = tiles.resampling().method().orElse(Method.BILINEAR);
        List<ImageWcs> places =
                images.stream().map(image -> image.wcs().in(grid.frame())).toList();
        this.index = ImageIndex.of(grid.tileOrder(), footprints(places, workers, progress));
        this.levels = new Backgrounds(images, places, index)
                .of(definition.adjustment().background(), workers, progress);
        this.sources = sources(places, unit(warnings));
        warn(scan, warnings);
    }

    /** Finds the images of a definition, and decides into which pixels they go. */
    public static ImageCollection open(
            Images definition, Tiles tiles, Warnings warnings, int workers, Progress progress) throws IOException {
        ImageSelection selection = new ImageSelection(
                HduChoice.parse(definition.hdus()), definition.plane().orElse(1), Handling.of(definition));
        ImageScan scan = ImageScan.of(definition.places(), selection, workers, progress);
        return new ImageCollection(definition, scan, tiles, warnings, workers, progress);
    }

    /** Returns tiles with which a collection is sampled into pixels of an order that is not coarser than its own. */
    public static Tiles tilesOf(Tiles wanted, int pixelOrder) {
        int width = Math.min(wanted.width().orElse(ImageGrid.USUAL_WIDTH), 1 << pixelOrder);
        int order = pixelOrder - Integer.numberOfTrailingZeros(width);
        return new Tiles(
                wanted.formats(),
                OptionalInt.of(width),
                OptionalInt.of(order),
                wanted.resampling(),
                wanted.pixels(),
                wanted.region());
    }

    /** Returns one source of values, or those of red, green and blue. */
    private List<ImageSource> sources(List<ImageWcs> places, String unit) {
        OpenImages files = new OpenImages();
        PixelBlocks blocks = new PixelBlocks(files, Runtime.getRuntime().maxMemory() / 4);
        ImageSource.Manner manner = new ImageSource.Manner(definition.coadd(), sampling);
        PixelFormat format = PixelFormat.of(numbers());
        return IntStream.range(0, colour ? COLOURS : 1)
                .mapToObj(i ->
                        colour ? images.stream().map(image -> image.colour(i)).toList() : levelled())
                .map(all -> new ImageSource(all, places, index, grid, manner, format, unit, files, blocks))
                .toList();
    }

    private List<SkyImage> levelled() {
        return IntStream.range(0, images.size())
                .mapToObj(i -> images.get(i).with(images.get(i).treatment().withBackground(levels[i])))
                .toList();
    }

    /** What is done to one of three colours alone would make others of them. */
    private void requireValuesOnly() throws ConfigException {
        if (colour
                && (definition.adjustment().background() != Images.Background.NONE
                        || definition.adjustment().saturated().isPresent()
                        || definition.adjustment().scale().isPresent())) {
            throw new ConfigException(
                    "background, saturated and scale-keyword are for values, found pictures in colours: leave them"
                            + " out");
        }
    }

    private void requireAny() throws IOException {
        if (!images.isEmpty()) {
            return;
        }
        String places = text(definition.places());
        if (rejections.isEmpty()) {
            throw MalformedDataException.expected(places, "FITS images or pictures", "none");
        }
        throw MalformedDataException.expected(
                places,
                "images that lie on the sky",
                "none; " + rejections.size() + " left out, the first being " + rejections.get(0));
    }

    private static String text(List<Path> places) {
        return places.get(0) + (places.size() > 1 ? "' and " + (places.size() - 1) + " more '" : "");
    }

    /** The median, so that one odd header does not decide. */
    private double scale(Warnings warnings) {
        double[] scales = images.stream()
                .mapToDouble(image -> image.wcs().pixelScale())
                .sorted()
                .toArray();
        double median = scales[(scales.length - 1) / 2];
        if (scales[scales.length - 1] > SAME_SCALE * scales[0]) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the pixels of the images are %.4g to %.4g arcsec wide; the order is chosen for the middle one, "
                            + "%.4g; --order changes it",
                    scales[0] * 3600,
                    scales[scales.length - 1] * 3600,
                    median * 3600));
        }
        return median;
    }

    /** Means and sums need numbers that hold every value of every image. */
    private PixelType numbers() {
        boolean wide = images.stream()
                .map(image -> image.format().type())
                .anyMatch(type -> type != PixelType.FLOAT32 && type.bytes() > Short.BYTES);
        return wide ? PixelType.FLOAT64 : PixelType.FLOAT32;
    }

    private String unit(Warnings warnings) {
        TreeMap<String, List<SkyImage>> units = new TreeMap<>();
        images.forEach(image -> units.computeIfAbsent(image.facts().unit(), unit -> new ArrayList<>())
                .add(image));
        if (units.size() == 1) {
            return units.firstKey();
        }
        List<String> texts = new ArrayList<>();
        units.forEach((unit, all) -> texts.add((unit.isEmpty() ? "none" : "'" + unit + "'") + " (" + all.size()
                + (all.size() == 1 ? ": " : ", the first being ") + all.get(0) + ")"));
        warnings.add("the images have different units: " + String.join("; ", texts)
                + "; their values are taken as they are, and the survey gets none; --scale-keyword may bring them to "
                + "one, and --property hips_bunit=… names it");
        return "";
    }

    private List<long[]> footprints(List<ImageWcs> places, int workers, Progress progress) throws IOException {
        List<long[]> footprints = new ArrayList<>();
        try (Progress.Phase phase = progress.begin("find tiles", "images", places.size());
                OrderedWork<long[]> work = new OrderedWork<>(workers, cells -> {
                    phase.add(1, 0);
                    footprints.add(cells);
                })) {
            for (ImageWcs place : places) {
                work.give(() -> Footprint.cells(place, grid.tileOrder()));
            }
            work.finish();
        }
        return footprints;
    }

    private static void warn(ImageScan scan, Warnings warnings) {
        for (Rejection rejection : scan.rejections()) {
            warnings.add("left out: " + rejection);
        }
        if (scan.others() > 0) {
            warnings.add(scan.others() + " files that are neither FITS files nor pictures are passed over");
        }
        if (scan.filesWithMore() > 0) {
            warnings.add("only the first image of each file is taken; " + scan.filesWithMore()
                    + " files have more, which --hdu takes: numbers, names, or all");
        }
    }

    /** Returns one source, or those of red, green and blue. */
    public List<TileSource> sources() {
        return sources.stream()
                .map(source -> colour ? new ConvertedSource(source, PicturePixels.COLOUR) : source)
                .toList();
    }

    /** Returns the source of values, or that of red. */
    ImageSource source() {
        return sources.get(0);
    }

    /** Tells whether the images are pictures in colours. */
    public boolean isColour() {
        return colour;
    }

    public Images definition() {
        return definition;
    }

    /** Returns how values between the pixels of images are found. */
    public Method sampling() {
        return sampling;
    }

    /** Returns the tile width that the order asks for, if it does. */
    public OptionalInt tileWidth() {
        return grid.width();
    }

    /** Returns the side of the images' pixels, in degrees: the middle one. */
    public double pixelScaleDegrees() {
        return scaleDegrees;
    }

    /** Returns the type of the numbers of the first image. */
    public PixelType type() {
        boolean picture = images.get(0).place().storage().isPicture();
        return picture && images.get(0).format().equals(PicturePixels.COLOUR)
                ? PixelType.UINT8
                : images.get(0).format().type();
    }

    /** Returns how many images there are. */
    public int count() {
        return images.size();
    }

    public List<Rejection> rejections() {
        return List.copyOf(rejections);
    }

    /** Returns the files of the images, of their weights and headers, each once, sorted. */
    public List<Path> files() {
        return images.stream()
                .flatMap(image -> Stream.of(
                                Optional.of(image.place().file()),
                                image.treatment()
                                        .weights()
                                        .map(map -> map.image().place().file()),
                                PictureImageFile.header(image))
                        .flatMap(Optional::stream))
                .distinct()
                .sorted(Comparator.comparing(Path::toString))
                .toList();
    }

    /** Returns what is taken away from each image so that it fits the others. */
    double[] levels() {
        return levels.clone();
    }

    /**
     * Returns which images the tiles are made of.
     *
     * @param digests of the files
     */
    public ImagesOfTiles imagesOfTiles(Map<Path, String> digests) {
        List<Moc> cells = index.cellsOfImages(images.size());
        List<ImagesOfTiles.Entry> entries = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            SkyImage.Place place = images.get(i).place();
            entries.add(new ImagesOfTiles.Entry(
                    String.valueOf(place.file().getFileName()),
                    place.hdu(),
                    Objects.requireNonNull(digests.get(place.file())),
                    others(i, digests),
                    cells.get(i)));
        }
        return new ImagesOfTiles(index.order(), entries);
    }

    /** Returns what an image's pixels follow from besides its own file: its weights, its place and the level that others gave it. */
    private String others(int image, Map<Path, String> digests) {
        String weights = images.get(image)
                .treatment()
                .weights()
                .map(map -> map.image().place())
                .map(place -> digests.get(place.file()) + "[" + place.hdu() + "]")
                .orElse("");
        String header = PictureImageFile.header(images.get(image))
                .map(file -> " at " + digests.get(file))
                .orElse("");
        return weights + header + (levels[image] == 0 ? "" : " - " + levels[image]);
    }

    /** Returns the lists of images for the tiles of a survey, given at their deepest order. */
    public Progenitors progenitors(Moc tiles) {
        return new Progenitors(images, definition.places(), index, tiles);
    }

    /** Returns the last of the dates on which the files say that they were made; those not in the form of FITS 4.0 do not count. */
    public Optional<String> date() {
        return images.stream()
                .flatMap(image -> image.facts().date().stream())
                .filter(date -> date.matches("\\d{4}-\\d\\d-\\d\\d.*"))
                .max(Comparator.naturalOrder());
    }

    /** Returns when the first image was begun and the last ended, in days of MJD, if any image tells. */
    public Optional<Span> observed() {
        List<ObservationTime> times = images.stream()
                .flatMap(image -> image.facts().observed().stream())
                .toList();
        if (times.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Span(
                times.stream().mapToDouble(ObservationTime::start).min().orElseThrow(),
                times.stream().mapToDouble(ObservationTime::end).max().orElseThrow()));
    }

    /** A time in days of MJD. */
    public record Span(double start, double end) {}
}
