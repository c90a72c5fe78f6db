package org.hipsnode.generate.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.BinaryTable;
import org.hipsnode.generate.body.BodyMapFile;
import org.hipsnode.generate.image.ImageCollection;
import org.hipsnode.generate.source.HealpixMapFile;
import org.hipsnode.generate.source.HipsSource;
import org.hipsnode.generate.source.PolarizationSource;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.Colour;
import org.hipsnode.survey.SurveyDefinition.Cube;
import org.hipsnode.survey.SurveyDefinition.Hips;
import org.hipsnode.survey.SurveyDefinition.Images;
import org.hipsnode.survey.SurveyDefinition.MapFile;
import org.hipsnode.survey.SurveyDefinition.Part;
import org.hipsnode.survey.SurveyDefinition.Polarization;
import org.hipsnode.survey.SurveyDefinition.Source;

/** The source of a definition, opened: one piece or several, and what they are together. */
final class OpenedSource implements Closeable {
    private final StoreOpener stores;
    private final Warnings warnings;
    private final Surroundings surroundings;
    private final Map<Path, HealpixMapFile> files = new LinkedHashMap<>();
    private final List<Closeable> sources = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final Source used;
    private final Inputs inputs;
    private boolean pictures;
    private Optional<PolarizationSource.Convention> convention = Optional.empty();

    /**
     * What images are opened with, besides.
     *
     * @param tiles into which they are sampled
     */
    record Surroundings(SurveyDefinition.Tiles tiles, int workers, Progress progress) {}

    private OpenedSource(Source source, StoreOpener stores, Warnings warnings, Surroundings surroundings)
            throws IOException {
        this.stores = stores;
        this.warnings = warnings;
        this.surroundings = surroundings;
        try {
            this.used = openAll(source);
            this.inputs = Inputs.of(files());
        } catch (IOException | RuntimeException e) {
            closeFiles();
            throw e;
        }
    }

    /** Opens a source, and finds out what its definition leaves open. */
    static OpenedSource open(Source source, StoreOpener stores, Warnings warnings, Surroundings surroundings)
            throws IOException {
        return new OpenedSource(source, stores, warnings, surroundings);
    }

    private Source openAll(Source source) throws IOException {
        if (source instanceof MapFile map) {
            return add(openMap(map));
        }
        if (source instanceof Hips hips) {
            return openSurvey(hips);
        }
        if (source instanceof Images images) {
            return openCollection(images);
        }
        if (source instanceof BodyMap map) {
            return openBodyMap(map);
        }
        if (source instanceof Colour colour) {
            List<Part> parts = new ArrayList<>();
            for (Piece channel : onOneGrid(openChannels(colour))) {
                parts.add(add(channel));
            }
            return new Colour(parts.get(0), parts.get(1), parts.get(2));
        }
        if (source instanceof Polarization polarization) {
            return openPolarization(polarization);
        }
        return openCube((Cube) source);
    }

    private Part add(Piece piece) {
        pieces.add(piece);
        return piece.used();
    }

    private HealpixMapFile file(Path map) throws IOException {
        HealpixMapFile known = files.get(map);
        if (known == null) {
            known = HealpixMapFile.open(map, warnings);
            files.put(map, known);
        }
        return known;
    }

    private Piece openMap(MapFile map) throws IOException {
        HealpixMapFile.Choice choice =
                file(map.map()).choose(new HealpixMapFile.Selection(map.hdu(), map.column(), map.frame()));
        sources.add(choice.map());
        String where = "[" + choice.hdu() + "] " + choice.column();
        return new Piece(
                choice.map(),
                map.map() + where,
                (map.map().getFileName() + " HDU " + choice.hdu() + " " + choice.column()).trim(),
                new MapFile(
                        map.map(),
                        OptionalInt.of(choice.hdu()),
                        map.column().or(choice::columnName),
                        Optional.of(choice.map().frame())),
                choice.date().flatMap(HipsDate::parse),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private List<Piece> openChannels(Colour colour) throws IOException {
        List<Piece> channels = new ArrayList<>();
        for (Part channel : colour.channels()) {
            channels.add(openChannel(channel));
        }
        return channels;
    }

    /** Images are sampled for the finest grid of the three; those that chose a coarser one are opened again. */
    private List<Piece> onOneGrid(List<Piece> channels) throws IOException {
        int finest = channels.stream()
                .mapToInt(channel -> channel.source().pixelOrder())
                .max()
                .orElseThrow();
        List<Piece> together = new ArrayList<>();
        for (Piece channel : channels) {
            boolean coarser = channel.source().pixelOrder() < finest;
            together.add(
                    coarser && channel.used() instanceof Images images
                            ? openImages(images, ImageCollection.tilesOf(surroundings.tiles, finest), new Warnings())
                            : channel);
        }
        return together;
    }

    private ImageCollection collection(Images images, SurveyDefinition.Tiles tiles, Warnings told) throws IOException {
        ImageCollection collection =
                ImageCollection.open(images, tiles, told, surroundings.workers, surroundings.progress);
        sources.addAll(collection.sources());
        return collection;
    }

    private Images openCollection(Images images) throws IOException {
        ImageCollection collection = collection(images, surroundings.tiles, warnings);
        pictures = collection.isColour();
        collection.sources().forEach(source -> add(piece(collection, source)));
        return images;
    }

    /** Opens images that are one channel. */
    private Piece openImages(Images images, SurveyDefinition.Tiles tiles, Warnings told) throws IOException {
        ImageCollection collection = collection(images, tiles, told);
        if (collection.isColour()) {
            throw MalformedDataException.expected(
                    images.places().get(0).toString(),
                    "images with values, which can be a channel of a colour",
                    "pictures that have colours already");
        }
        return piece(collection, collection.sources().get(0));
    }

    private static Piece piece(ImageCollection collection, TileSource source) {
        Images images = collection.definition();
        Path place = together(images.places());
        return new Piece(
                source,
                collection.count() + (collection.count() == 1 ? " image of " : " images of ") + place,
                String.valueOf(place.toAbsolutePath().normalize().getFileName()),
                images,
                collection.date().flatMap(HipsDate::parse),
                Optional.empty(),
                Optional.of(collection),
                Optional.empty());
    }

    private BodyMap openBodyMap(BodyMap wanted) throws IOException {
        BodyMapFile map = BodyMapFile.open(wanted, surroundings.tiles, warnings);
        sources.add(map);
        pictures = map.isColour();
        for (TileSource band : map.sources()) {
            add(new Piece(
                    band,
                    wanted.map().toString(),
                    String.valueOf(wanted.map().getFileName()),
                    map.definition(),
                    map.date().flatMap(HipsDate::parse),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(map)));
        }
        return map.definition();
    }

    /** Returns the one place, or the folder that holds all: one more file is no other source. */
    private static Path together(List<Path> places) {
        if (places.size() == 1) {
            return places.get(0);
        }
        Path common = places.get(0).toAbsolutePath().normalize();
        for (Path place : places) {
            while (!place.toAbsolutePath().normalize().startsWith(common) || common.equals(place.toAbsolutePath())) {
                Path parent = common.getParent();
                if (parent == null) {
                    return common;
                }
                common = parent;
            }
        }
        return common;
    }

    private Source openSurvey(Hips hips) throws IOException {
        HipsSource survey = HipsSource.open(store(hips), warnings);
        if (survey.hasValues()) {
            add(piece(survey, survey.values(), hips));
        } else {
            pictures = true;
            for (TileSource colour : survey.colours()) {
                add(piece(survey, colour, hips));
            }
        }
        return hips;
    }

    private SurveyStore store(Hips hips) throws IOException {
        return hips.isRemote() ? stores.open(hips.place()) : new FolderStore(Path.of(hips.place()));
    }

    private Piece piece(HipsSource survey, TileSource source, Hips hips) {
        sources.add(source);
        String place = WebAddress.withoutSecrets(hips.place());
        String id = survey.properties().creatorDid().orElse(place);
        return new Piece(
                source,
                place + " (" + survey.tileFormat().keyword() + " tiles)",
                id,
                hips,
                survey.properties().releaseDate(),
                Optional.of(survey),
                Optional.empty(),
                Optional.empty());
    }

    private Piece openChannel(Part channel) throws IOException {
        if (channel instanceof MapFile map) {
            return openMap(map);
        }
        if (channel instanceof Images images) {
            return openImages(images, surroundings.tiles, warnings);
        }
        if (channel instanceof BodyMap map) {
            throw new ConfigException("'" + map.map()
                    + "': expected a map, a survey or images for a channel of a colour, found a plane map of a body; "
                    + "make a survey of each first");
        }
        Hips hips = (Hips) channel;
        HipsSource survey = HipsSource.open(store(hips), warnings);
        if (!survey.hasValues()) {
            throw MalformedDataException.expected(
                    hips.place(),
                    "fits tiles, whose values can be a channel of a colour",
                    survey.tileFormat().keyword() + " tiles");
        }
        return piece(survey, survey.values(), hips);
    }

    private Source openPolarization(Polarization polarization) throws IOException {
        MapFile map = polarization.map();
        List<BinaryTable.Column> columns = file(map.map()).columns(map.hdu());
        String q = map.column().orElse("");
        String u = polarization.u().orElse("");
        Piece first = openMap(column(map, q.isEmpty() ? stokes("Q", columns, map) : q));
        Piece second = openMap(column(map, u.isEmpty() ? stokes("U", columns, map) : u));
        Part usedQ = add(first);
        Part usedU = add(second);
        convention = Optional.of(new PolarizationSource.Convention(
                file(map.map()).isIau(map.hdu()), first.source().frame()));
        return new Polarization((MapFile) usedQ, ((MapFile) usedU).column(), polarization.quantity());
    }

    /** Finds the column of a Stokes parameter by how people name it: Q, Q_STOKES, Q-POLARISATION, POL_Q. */
    private static String stokes(String letter, List<BinaryTable.Column> columns, MapFile map) throws IOException {
        Predicate<String> isNamed = name -> {
            String upper = name.toUpperCase(Locale.ROOT);
            return upper.equals(letter) || upper.matches(letter + "[_ -].*") || upper.matches(".*[_ -]" + letter);
        };
        return columns.stream()
                .filter(c -> c.name().filter(isNamed).isPresent())
                .map(c -> Integer.toString(c.number()))
                .findFirst()
                .orElseThrow(() -> MalformedDataException.expected(
                        map.map().toString(),
                        "a column of Stokes " + letter + " (or name it: --column Q,U)",
                        columns.stream().map(BinaryTable.Column::label).collect(Collectors.joining(", "))));
    }

    private static MapFile column(MapFile map, String column) {
        return new MapFile(map.map(), map.hdu(), Optional.of(column), map.frame());
    }

    private Source openCube(Cube cube) throws IOException {
        MapFile map = cube.map();
        if (cube.along() == Cube.Along.HDUS) {
            for (int hdu : file(map.map()).maps()) {
                add(openMap(new MapFile(map.map(), OptionalInt.of(hdu), map.column(), map.frame())));
            }
        } else {
            for (BinaryTable.Column column : file(map.map()).columns(map.hdu())) {
                add(openMap(column(map, Integer.toString(column.number()))));
            }
        }
        if (pieces.size() < 2) {
            throw MalformedDataException.expected(
                    map.map().toString(),
                    "several maps for a cube",
                    pieces.size() + "; --cube " + (cube.along() == Cube.Along.HDUS ? "columns" : "hdus")
                            + " looks elsewhere in the file");
        }
        MapFile first = (MapFile) pieces.get(0).used();
        boolean hdus = cube.along() == Cube.Along.HDUS;
        return new Cube(
                new MapFile(map.map(), hdus ? OptionalInt.empty() : first.hdu(), map.column(), first.frame()),
                cube.along());
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** Returns the source as a definition names it, with everything found out. */
    Source used() {
        return used;
    }

    /** Tells whether three pieces make colours. */
    boolean isColour() {
        return pictures || used instanceof Colour;
    }

    /** Tells whether the pieces are the colours of pictures, which can be left as they are. */
    boolean isPictures() {
        return pictures;
    }

    /** Returns what the conventions of the Stokes parameters are, if these are the pieces. */
    Optional<PolarizationSource.Convention> convention() {
        return convention;
    }

    /** Returns the images that are the source, if it is one of images. */
    Optional<ImageCollection> images() {
        return used instanceof Images ? pieces.get(0).images() : Optional.empty();
    }

    /** Returns the files that the survey is made from, each once; of a survey in a folder those that sum up all its others. */
    List<Path> files() {
        List<Path> all = new ArrayList<>(files.keySet());
        pieces.stream()
                .flatMap(piece -> piece.images().stream())
                .distinct()
                .forEach(images -> all.addAll(images.files()));
        pieces.stream().limit(1).flatMap(piece -> piece.bodyMap().stream()).forEach(map -> all.addAll(map.files()));
        pieces.stream()
                .filter(piece -> piece.used() instanceof Hips hips && !hips.isRemote())
                .map(piece -> Path.of(((Hips) piece.used()).place()))
                .distinct()
                .forEach(survey -> {
                    all.add(survey.resolve("properties"));
                    Path manifest = survey.resolve(ManifestName.ROOT);
                    if (Files.isRegularFile(manifest)) {
                        all.add(manifest);
                    }
                });
        return all;
    }

    /** Returns the same files as they were when all was opened. */
    Inputs inputs() {
        return inputs;
    }

    /** Tells whether the files tell of every byte that is read: not so for a far survey, or one without a manifest. */
    boolean isSummedUp() {
        return pieces.stream()
                .map(Piece::used)
                .noneMatch(part -> part instanceof Hips hips
                        && (hips.isRemote()
                                || !Files.isRegularFile(Path.of(hips.place()).resolve(ManifestName.ROOT))));
    }

    /** Returns keywords of other surveys that hold for what is made of them too, and what images tell. */
    HipsProperties inherited() {
        if (images().isPresent()) {
            return observed(images().get());
        }
        if (used instanceof BodyMap map) {
            return HipsProperties.empty().with("hips_body", map.body().orElseThrow());
        }
        return used instanceof Hips
                ? InheritedKeywords.of(
                        pieces.get(0).survey().orElseThrow().properties().list())
                : HipsProperties.empty();
    }

    /** Returns when images were taken, as far as they tell. */
    private static HipsProperties observed(ImageCollection images) {
        HipsProperties none = HipsProperties.empty();
        return images.observed()
                .map(span -> none.with("t_min", mjd(span.start())).with("t_max", mjd(span.end())))
                .orElse(none);
    }

    private static String mjd(double days) {
        return String.format(Locale.ROOT, "%.6f", days);
    }

    /** Returns what prov_progenitor is to say: every piece, or the first and the last of a cube's many. */
    List<String> progenitors() {
        List<String> all = pieces.stream().map(Piece::progenitor).distinct().toList();
        return used instanceof Cube ? List.of(all.get(0) + " to " + all.get(all.size() - 1)) : all;
    }

    /** Returns what all of it is, in words. */
    String text() throws ConfigException {
        if (used instanceof Cube) {
            return pieces.get(0).text() + " and " + (pieces.size() - 1) + " more";
        }
        return pieces.stream().map(Piece::text).distinct().collect(Collectors.joining(", "));
    }

    @Override
    public void close() throws IOException {
        inputs.close();
        closeFiles();
    }

    private void closeFiles() throws IOException {
        for (Closeable source : sources) {
            source.close();
        }
        for (HealpixMapFile file : files.values()) {
            file.close();
        }
    }
}
