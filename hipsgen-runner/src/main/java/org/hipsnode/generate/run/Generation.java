package org.hipsnode.generate.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.generate.engine.GenerationEngine;
import org.hipsnode.generate.image.ImageChanges;
import org.hipsnode.generate.image.ImageCollection;
import org.hipsnode.generate.image.ImagesOfTiles;
import org.hipsnode.generate.image.Progenitors;
import org.hipsnode.generate.image.Rejection;
import org.hipsnode.generate.picture.Webp;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.plan.Layout;
import org.hipsnode.generate.plan.Origin;
import org.hipsnode.generate.plan.Recipe;
import org.hipsnode.generate.plan.Upkeep;
import org.hipsnode.generate.render.ColourDisplay;
import org.hipsnode.generate.render.Style;
import org.hipsnode.generate.source.ColourSource;
import org.hipsnode.generate.source.PolarizationSource;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.generate.write.KeywordList;
import org.hipsnode.io.Digests;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.moc.Moc;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FreeSpace;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.survey.SurveyDefinition.Resampling;
import org.hipsnode.tile.TileFormat;

/** A definition with its source open and its plan decided: to be looked at, or made. */
public final class Generation implements Closeable {
    private static final List<TileFormat> USUAL_FORMATS = List.of(TileFormat.PNG, TileFormat.FITS);
    private static final List<TileFormat> WRITABLE =
            List.of(TileFormat.FITS, TileFormat.PNG, TileFormat.JPEG, TileFormat.WEBP);

    /** How ids begin that nobody has given. */
    private static final String UNNAMED = "ivo://unknown.authority/P/";

    private final SurveyDefinition definition;
    private final OpenedSource opened;
    private final Inputs inputs;
    private final Regridding grid;
    private final List<TileSource> channels;
    private final GenerationPlan plan;
    private final Optional<Progenitors> progenitors;
    private final GenerationEngine engine;
    private final Map<String, Object> facts;
    private final Warnings warnings;
    private Optional<ImagesOfTiles> imagesOfTiles = Optional.empty();

    private Generation(
            SurveyDefinition definition,
            String name,
            GenerationEngine engine,
            OpenedSource opened,
            Warnings warnings,
            int workers,
            Progress progress)
            throws IOException {
        this.definition = definition;
        this.opened = opened;
        this.warnings = warnings;
        this.inputs = opened.inputs();
        this.engine = engine;
        this.grid = Regridding.of(definition.tiles(), opened.pieces());
        List<TileSource> pieces = grid.apply(opened.pieces());
        List<TileSource> floats =
                needsFloats() ? pieces.stream().map(Regridding::asFloats).toList() : pieces;
        Moc tiles = new DataSearch(floats, grid.layout().sourceOrder(), workers, progress).tiles();
        if (tiles.isEmpty()) {
            throw MalformedDataException.expected(opened.text(), "some pixels with a value", "none");
        }
        PixelChoice pixels = new PixelChoice(definition.tiles().pixels(), tiles, grid.layout(), workers, progress);
        this.channels = together(needsFloats() ? floats : pixels.apply(pieces));
        Style style = StyleChooser.choose(
                definition.display(), opened, opened.isColour() ? floats : channels, tiles, workers);
        this.plan = new GenerationPlan(
                origin(),
                grid.layout(),
                channels.get(0).format(),
                formats(),
                style,
                tiles,
                channels.size(),
                keywords(name, style));
        this.progenitors =
                opened.images().map(images -> images.progenitors(plan.tiles())).filter(lists -> !lists.areTooMany());
        if (opened.images().isPresent() && progenitors.isEmpty()) {
            warnings.add("no lists of progenitors (HpxFinder) are written: they would be too many files");
        }
        this.facts = new LinkedHashMap<>(plan.facts());
        opened.images().ifPresent(images -> {
            facts.put("images", images.count());
            facts.put("left-out", images.rejections().size());
        });
        facts.putAll(engine.facts(plan, workers));
    }

    /**
     * Opens the source and decides everything.
     *
     * @param name of the survey where the definition gives no id or title: the name of its folder
     */
    public static Generation prepare(SurveyDefinition definition, String name, int workers, Progress progress)
            throws IOException {
        return prepare(definition, name, workers, progress, address -> {
            throw new ConfigException("'" + address + "': expected a folder, found an address on the web");
        });
    }

    /** Opens the source, which may be a survey on a far server, and decides everything. */
    public static Generation prepare(
            SurveyDefinition definition, String name, int workers, Progress progress, StoreOpener stores)
            throws IOException {
        Warnings warnings = new Warnings();
        GenerationEngine engine = engine(definition);
        OpenedSource opened = OpenedSource.open(
                definition.source(),
                stores,
                warnings,
                new OpenedSource.Surroundings(definition.tiles(), workers, progress));
        try {
            return new Generation(definition, name, engine, opened, warnings, workers, progress);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Asked before anything is opened, so that a definition for an engine that is not there fails at once. */
    private static GenerationEngine engine(SurveyDefinition definition) throws ConfigException {
        if (definition.engine() != SurveyDefinition.Engine.NATIVE
                && definition.source() instanceof SurveyDefinition.Polarization) {
            throw new ConfigException(
                    "the engine aladin cannot do polarization: Hipsgen is given one map; use --engine native");
        }
        if (definition.engine() != SurveyDefinition.Engine.NATIVE
                && definition.source() instanceof SurveyDefinition.Images) {
            throw new ConfigException("the engine aladin is not given images yet; use --engine native");
        }
        if (definition.engine() != SurveyDefinition.Engine.NATIVE
                && definition.source() instanceof SurveyDefinition.BodyMap) {
            throw new ConfigException("the engine aladin is not given maps of bodies; use --engine native");
        }
        return GenerationEngine.of(definition.engine());
    }

    /** What is computed from several values is computed from floating-point numbers. */
    private boolean needsFloats() {
        return opened.convention().isPresent() || (opened.isColour() && !opened.isPictures());
    }

    private List<TileSource> together(List<TileSource> pieces) {
        if (opened.isColour()) {
            return List.of(ColourSource.of(pieces));
        }
        if (opened.used() instanceof SurveyDefinition.Polarization polarization) {
            return List.of(new PolarizationSource(
                    pieces.get(0),
                    pieces.get(1),
                    polarization.quantity(),
                    opened.convention().orElseThrow()));
        }
        return pieces;
    }

    private Origin origin() throws ConfigException {
        Piece first = opened.pieces().get(0);
        return new Origin(
                opened.text(),
                first.pixelScaleDegrees(),
                first.type(),
                grid.method().map(Resampling.Method::keyword).orElse("none"));
    }

    private List<TileFormat> formats() throws ConfigException {
        List<TileFormat> wanted = definition.tiles().formats();
        for (TileFormat format : wanted) {
            if (!WRITABLE.contains(format)) {
                throw new ConfigException("formats must be of fits, png, jpeg and webp, found " + format.keyword());
            }
        }
        if (wanted.contains(TileFormat.WEBP)) {
            Webp.requireAvailable();
        }
        if (wanted.equals(List.of(TileFormat.WEBP))) {
            warnings.add("webp alone is shown neither by Aladin Desktop nor by WorldWide Telescope: add png or jpeg");
        }
        if (opened.isColour()) {
            if (wanted.contains(TileFormat.FITS)) {
                throw new ConfigException(
                        "formats of colours must be of png, jpeg and webp, found fits, which holds values");
            }
            if (definition.tiles().pixels().isPresent()) {
                throw new ConfigException("bitpix is for fits tiles, which colours do not have; leave it out");
            }
            return orUsual(wanted, List.of(TileFormat.PNG));
        }
        return opened.used() instanceof SurveyDefinition.Cube ? cubeFormats(wanted) : orUsual(wanted, USUAL_FORMATS);
    }

    private static List<TileFormat> orUsual(List<TileFormat> wanted, List<TileFormat> usual) {
        return wanted.isEmpty() ? usual : wanted;
    }

    /** Aladin Lite 3.8 opens a cube only by its wavelengths, and draws its pictures white, whoever made them. */
    private List<TileFormat> cubeFormats(List<TileFormat> wanted) {
        boolean hasWavelengths = definition.keywords().value("em_min").isPresent()
                && definition.keywords().value("em_max").isPresent();
        if (!hasWavelengths) {
            warnings.add(
                    "Aladin Lite opens a cube only if it knows its wavelengths: give --property em_min=… and em_max=… "
                            + "in metres");
        }
        if (wanted.stream().anyMatch(format -> format != TileFormat.FITS)) {
            warnings.add("Aladin Lite 3.8 shows pictures of a cube white, and takes them before fits tiles");
        }
        return orUsual(wanted, List.of(TileFormat.FITS));
    }

    private HipsProperties keywords(String name, Style style) throws IOException {
        HipsProperties keywords = opened.inherited();
        KeywordList.requireGivable(definition.keywords());
        for (String key : definition.keywords().keys()) {
            keywords = keywords.withAll(key, definition.keywords().values(key));
        }
        if (keywords.value("creator_did").isEmpty()) {
            String id = UNNAMED + name.replaceAll("[^A-Za-z0-9._~-]", "-");
            warnings.add("the survey has no id yet: it is called " + id + "; give --id ivo://YOUR.AUTHORITY/P/…");
            keywords = keywords.with("creator_did", id);
        }
        if (keywords.value("obs_title").isEmpty()) {
            keywords = keywords.with("obs_title", name);
        }
        if (keywords.value("hips_release_date").isEmpty()) {
            keywords = keywords.with("hips_release_date", releaseDate().toString());
        }
        if (keywords.value("prov_progenitor").isEmpty()) {
            keywords = keywords.withAll("prov_progenitor", opened.progenitors());
        }
        return style instanceof ColourDisplay colours && !opened.isPictures()
                ? withChannels(keywords, colours)
                : keywords;
    }

    /** Says what is red, green and blue, as Hipsgen does. */
    private HipsProperties withChannels(HipsProperties keywords, ColourDisplay colours) {
        HipsProperties result = keywords;
        List<String> names = List.of("hips_rgb_red", "hips_rgb_green", "hips_rgb_blue");
        for (int i = 0; i < 3; i++) {
            Piece piece = opened.pieces().get(i);
            result = result.with(
                    names.get(i),
                    piece.progenitor() + " [" + colours.cuts().get(i) + " "
                            + colours.stretch().keyword() + "]");
        }
        return result;
    }

    /** No clock: the day on which a source says that it was made, else that on which its file was last changed. */
    private HipsDate releaseDate() throws IOException {
        Optional<HipsDate> made =
                opened.pieces().stream().flatMap(p -> p.date().stream()).findFirst();
        if (made.isPresent()) {
            return made.get();
        }
        if (opened.files().isEmpty()) {
            throw new ConfigException("'" + opened.text() + "' does not say when it was released: give --release-date");
        }
        return HipsDate.of(Files.getLastModifiedTime(opened.files().get(0)).toInstant());
    }

    /** Tells whether a survey's id was made up for want of a given one. */
    static boolean isUnnamed(HipsProperties keywords) {
        return keywords.value("creator_did")
                .filter(id -> id.startsWith(UNNAMED))
                .isPresent();
    }

    public GenerationPlan plan() {
        return plan;
    }

    /** Returns the plan and what the engine would do with it, as named values for people and programs. */
    public Map<String, Object> facts() {
        return Collections.unmodifiableMap(facts);
    }

    /** Returns the files, and images in them, that are left out, each with its reason. */
    public List<Rejection> rejected() {
        return opened.images().map(ImageCollection::rejections).orElse(List.of());
    }

    /** Returns what was odd about the input and how it was taken. */
    public List<String> warnings() {
        return warnings.all();
    }

    /**
     * Returns what would be made in a folder, kept, and why, as named values for people and programs.
     *
     * @param builder name and version of this program
     */
    public Map<String, Object> facts(Path folder, String builder) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(facts());
        Circumstances circumstances = circumstances(folder, builder);
        circumstances.changes().ifPresent(changes -> putChanges(changes, all));
        all.putAll(circumstances.upkeep().facts(plan.formats()));
        if (engine.canKeepTiles() && FolderPublication.wouldContinue(folder, circumstances.identity())) {
            all.put("continues", "a run of the same that was stopped");
        }
        return all;
    }

    private void putChanges(ImageChanges changes, Map<String, Object> all) {
        all.put("image-changes", changes.toString());
        Moc touched = plan.tiles().intersection(changes.touched());
        all.put("tiles-touched", plan.tileCount(touched) + " of " + plan.tileCount());
    }

    /** Returns what to say if the disk of a folder seems to be too small; the size of a survey is known only about. */
    public Optional<String> roomWarning(Path folder) throws IOException {
        OptionalLong free = FreeSpace.of(folder);
        return free.isEmpty() || plan.expectedBytes() <= free.getAsLong()
                ? Optional.empty()
                : Optional.of("the disk of '" + folder + "' has " + free.getAsLong() / 1_000_000
                        + " MB free, and the survey needs about " + plan.expectedBytes() / 1_000_000
                        + " MB, less what is kept of a release before");
    }

    private Circumstances circumstances(Path folder, String builder) throws IOException {
        if (!engine.canKeepTiles()) {
            Upkeep none = Upkeep.none(plan.formats(), "the engine makes all or nothing");
            return new Circumstances(inputs, none, Optional.empty(), "");
        }
        Optional<Map<String, String>> before = Provenance.recipe(folder);
        Map<String, String> recipe = recipe(builder, before.isPresent());
        Optional<ImageChanges> changes = changes(folder);
        Upkeep upkeep = Upkeep.decide(plan.formats(), recipe, before, changes.map(ImageChanges::touched));
        return new Circumstances(inputs, upkeep, changes, recipe(builder, false) + "\n" + inputs.identity());
    }

    private Optional<ImageChanges> changes(Path folder) throws IOException {
        Optional<ImagesOfTiles> before = opened.images().isPresent() ? Provenance.images(folder) : Optional.empty();
        return before.isPresent() ? before.get().changesTo(imagesOfTiles().orElseThrow()) : Optional.empty();
    }

    /** Asked for by what is to be kept and by the provenance, and made once. */
    private synchronized Optional<ImagesOfTiles> imagesOfTiles() throws IOException {
        if (imagesOfTiles.isEmpty() && opened.images().isPresent()) {
            Map<Path, String> digests = new HashMap<>();
            inputs.digested().forEach(input -> digests.put(input.file(), input.sha256()));
            imagesOfTiles = Optional.of(opened.images().get().imagesOfTiles(digests));
        }
        return imagesOfTiles;
    }

    /**
     * Returns the recipe of the tiles.
     *
     * @param digested whether to tell the digests of the inputs, for which they must be read
     */
    private Map<String, String> recipe(String builder, boolean digested) throws IOException {
        boolean summedUp = digested && opened.isSummedUp();
        Optional<Path> region = definition.tiles().region();
        return Recipe.of(
                plan,
                Provenance.text(opened.used()),
                channels.get(0).unit(),
                region.isPresent() ? Digests.sha256(region.get()) : "",
                builder,
                summedUp ? inputs.digests() : "");
    }

    /** Makes the survey in a folder, as planned. */
    public Publication make(Path folder, int workers, Progress progress, String builder) throws IOException {
        requireOutside(folder);
        return new SurveyMaker(plan, channels, progenitors, engine, progress, builder)
                .make(
                        folder,
                        workers,
                        circumstances(folder, builder),
                        () -> Provenance.of(used(), inputs, recipe(builder, true), imagesOfTiles(), builder));
    }

    /** The tiles of a survey among the images would be images of the next. */
    private void requireOutside(Path folder) throws ConfigException {
        if (opened.used() instanceof SurveyDefinition.Images images) {
            Path out = folder.toAbsolutePath().normalize();
            for (Path place : images.places()) {
                if (out.startsWith(place.toAbsolutePath().normalize())) {
                    throw new ConfigException(
                            "'" + folder + "': expected a folder outside of the images, found one in '" + place
                                    + "'; choose another --out");
                }
            }
        }
    }

    /** Returns the definition with everything in it that was found out or chosen. */
    private SurveyDefinition used() {
        Layout layout = plan.layout();
        PixelFormat pixels = plan.pixels();
        SurveyDefinition.Tiles wanted = definition.tiles();
        return new SurveyDefinition(
                opened.used(),
                new SurveyDefinition.Tiles(
                        plan.formats(),
                        OptionalInt.of(layout.tileWidth()),
                        OptionalInt.of(layout.order()),
                        grid.method().isPresent()
                                ? new Resampling(Optional.of(layout.frame()), grid.method())
                                : Resampling.NONE,
                        wanted.pixels()
                                .map(p -> new SurveyDefinition.Pixels(
                                        pixels.type().bitpix(),
                                        OptionalDouble.of(pixels.scale()),
                                        OptionalDouble.of(pixels.zero()))),
                        wanted.region()),
                display(plan.style()),
                plan.keywords()
                        .without("hips_rgb_red")
                        .without("hips_rgb_green")
                        .without("hips_rgb_blue"),
                definition.engine());
    }

    private SurveyDefinition.Display display(Style style) {
        if (opened.isPictures()) {
            return SurveyDefinition.Display.FROM_DATA;
        }
        Map<String, String> chosen = style.facts();
        return new SurveyDefinition.Display(
                Optional.ofNullable(chosen.get("cut")),
                Optional.ofNullable(chosen.get("stretch")),
                Optional.ofNullable(chosen.get("colormap")),
                Optional.ofNullable(chosen.get("composition")));
    }

    /** Returns the definition from which this was prepared. */
    public SurveyDefinition definition() {
        return definition;
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
