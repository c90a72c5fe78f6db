package org.hipsnode.generate.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.engine.GenerationEngine;
import org.hipsnode.generate.picture.Webp;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.plan.Layout;
import org.hipsnode.generate.render.Colormap;
import org.hipsnode.generate.render.CutRule;
import org.hipsnode.generate.render.Display;
import org.hipsnode.generate.render.DisplayChooser;
import org.hipsnode.generate.render.Stretch;
import org.hipsnode.generate.source.HealpixMapFile;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.generate.write.KeywordList;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.moc.Moc;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.work.Workers;

/** A definition with its source open and its plan decided: to be looked at, or made. */
public final class Generation implements Closeable {
    private static final List<TileFormat> USUAL_FORMATS = List.of(TileFormat.PNG, TileFormat.FITS);
    private static final List<TileFormat> WRITABLE =
            List.of(TileFormat.FITS, TileFormat.PNG, TileFormat.JPEG, TileFormat.WEBP);

    /** How ids begin that nobody has given. */
    private static final String UNNAMED = "ivo://unknown.authority/P/";

    private final SurveyDefinition definition;
    private final HealpixMapFile file;
    private final HealpixMapFile.Choice choice;
    private final GenerationPlan plan;
    private final GenerationEngine engine;
    private final Map<String, Object> facts;
    private final Warnings warnings;

    private Generation(
            SurveyDefinition definition,
            HealpixMapFile file,
            HealpixMapFile.Choice choice,
            GenerationPlan plan,
            GenerationEngine engine,
            Map<String, Object> facts,
            Warnings warnings) {
        this.definition = definition;
        this.file = file;
        this.choice = choice;
        this.plan = plan;
        this.engine = engine;
        this.facts = facts;
        this.warnings = warnings;
    }

    /**
     * Opens the source and decides everything.
     *
     * @param name of the survey where the definition gives no id or title: the name of its folder
     */
    public static Generation prepare(SurveyDefinition definition, String name, int workers, Progress progress)
            throws IOException {
        Warnings warnings = new Warnings();
        requireWritable(definition.tiles().formats(), warnings);
        GenerationEngine engine = GenerationEngine.of(definition.engine());
        HealpixMapFile file = HealpixMapFile.open(definition.source().map(), warnings);
        try {
            HealpixMapFile.Choice choice = file.choose(new HealpixMapFile.Selection(
                    definition.source().hdu(),
                    definition.source().column(),
                    definition.source().frame()));
            try {
                GenerationPlan plan = plan(definition, name, choice, workers, progress, warnings);
                Map<String, Object> facts = new LinkedHashMap<>(plan.facts());
                facts.putAll(engine.facts(plan, workers));
                return new Generation(definition, file, choice, plan, engine, facts, warnings);
            } catch (IOException | RuntimeException e) {
                choice.map().close();
                throw e;
            } catch (InternalError e) {
                choice.map().close();
                throw sourceFault(definition, e);
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void requireWritable(List<TileFormat> formats, Warnings warnings) throws ConfigException {
        for (TileFormat format : formats) {
            if (!WRITABLE.contains(format)) {
                throw new ConfigException("formats must be of fits, png, jpeg and webp, found " + format.keyword());
            }
        }
        if (formats.contains(TileFormat.WEBP)) {
            Webp.requireAvailable();
        }
        if (formats.equals(List.of(TileFormat.WEBP))) {
            warnings.add("webp alone is shown neither by Aladin Desktop nor by WorldWide Telescope: add png or jpeg");
        }
    }

    private static GenerationPlan plan(
            SurveyDefinition definition,
            String name,
            HealpixMapFile.Choice choice,
            int workers,
            Progress progress,
            Warnings warnings)
            throws IOException {
        TileSource source = choice.map();
        Layout layout = layout(definition.tiles(), source);
        Display display = display(definition.display(), source);
        Moc tiles = tilesWithData(source, layout.sourceOrder(), workers, progress);
        if (tiles.isEmpty()) {
            throw MalformedDataException.expected(
                    definition.source().map().toString(),
                    "some pixels with a value",
                    "none in HDU " + choice.hdu() + " " + choice.column());
        }
        return new GenerationPlan(
                definition.source().map() + "[" + choice.hdu() + "] " + choice.column(),
                layout,
                source.format(),
                definition.tiles().formats().isEmpty()
                        ? USUAL_FORMATS
                        : definition.tiles().formats(),
                display,
                tiles,
                keywords(definition, name, choice, warnings));
    }

    private static Layout layout(SurveyDefinition.Tiles tiles, TileSource source) throws ConfigException {
        try {
            return Layout.forMap(source.frame(), source.pixelOrder(), tiles.width(), tiles.order());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Display display(SurveyDefinition.Display wanted, TileSource source) throws IOException {
        Optional<CutRule> cut;
        Optional<Stretch> stretch;
        Optional<Colormap> colormap;
        try {
            cut = wanted.cut().map(CutRule::parse);
            stretch = wanted.stretch()
                    .map(word -> Stretch.ofWord(word)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "stretch must be linear, sqrt, asinh, log or pow, found '" + word + "'")));
            colormap = wanted.colormap().map(Colormap::named);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
        return DisplayChooser.choose(SourceSampler.sample(source), cut, stretch, colormap);
    }

    /** Looks into every tile until a value is found: one look for most. */
    private static Moc tilesWithData(TileSource source, int order, int workers, Progress progress) throws IOException {
        long count = HealpixGrid.pixelCount(order);
        Moc.Builder tiles = new Moc.Builder(order);
        ForkJoinPool pool = new ForkJoinPool(workers);
        try (Progress.Phase phase = progress.begin("find data", "tiles", count)) {
            pool.submit(() -> LongStream.range(0, count)
                            .parallel()
                            .filter(index -> hasData(source, new TileAddress(order, index), phase))
                            .boxed()
                            .toList())
                    .join()
                    .forEach(index -> tiles.add(order, index));
            return tiles.build();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        } finally {
            Workers.stop(pool);
        }
    }

    private static boolean hasData(TileSource source, TileAddress tile, Progress.Phase phase) {
        try {
            phase.add(1, 0);
            return source.hasData(tile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HipsProperties keywords(
            SurveyDefinition definition, String name, HealpixMapFile.Choice choice, Warnings warnings)
            throws IOException {
        HipsProperties keywords = definition.keywords();
        KeywordList.requireGivable(keywords);
        if (keywords.value("creator_did").isEmpty()) {
            String id = UNNAMED + name.replaceAll("[^A-Za-z0-9._~-]", "-");
            warnings.add("the survey has no id yet: it is called " + id + "; give --id ivo://YOUR.AUTHORITY/P/…");
            keywords = keywords.with("creator_did", id);
        }
        if (keywords.value("obs_title").isEmpty()) {
            keywords = keywords.with("obs_title", name);
        }
        if (keywords.value("hips_release_date").isEmpty()) {
            keywords = keywords.with(
                    "hips_release_date",
                    releaseDate(definition.source().map(), choice).toString());
        }
        if (keywords.value("prov_progenitor").isEmpty()) {
            String map = String.valueOf(definition.source().map().getFileName());
            keywords = keywords.with("prov_progenitor", (map + " HDU " + choice.hdu() + " " + choice.column()).trim());
        }
        return keywords;
    }

    /** No clock: the day on which the map says that it was made, else that on which its file was last changed. */
    private static HipsDate releaseDate(Path map, HealpixMapFile.Choice choice) throws IOException {
        Optional<HipsDate> made = choice.date().flatMap(HipsDate::parse);
        return made.isPresent()
                ? made.get()
                : HipsDate.of(Files.getLastModifiedTime(map).toInstant());
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

    /** Returns what was odd about the input and how it was taken. */
    public List<String> warnings() {
        return warnings.all();
    }

    /** Makes the survey in a folder, as planned. */
    public Publication make(Path folder, int workers, Progress progress, String builder) throws IOException {
        try {
            return new SurveyMaker(plan, choice.map(), engine, progress, builder)
                    .make(folder, workers, () -> Provenance.of(used(), builder));
        } catch (InternalError e) {
            throw sourceFault(definition, e);
        }
    }

    /** Returns the definition with everything in it that was found out or chosen. */
    private SurveyDefinition used() {
        Layout layout = plan.layout();
        Display display = plan.display();
        return new SurveyDefinition(
                new SurveyDefinition.Source(
                        definition.source().map(),
                        OptionalInt.of(choice.hdu()),
                        definition.source().column().or(choice::columnName),
                        Optional.of(layout.frame())),
                new SurveyDefinition.Tiles(
                        plan.formats(), OptionalInt.of(layout.tileWidth()), OptionalInt.of(layout.order())),
                new SurveyDefinition.Display(
                        Optional.of(display.cut().toString()),
                        Optional.of(display.stretch().keyword()),
                        Optional.of(display.colormap().name())),
                plan.keywords(),
                definition.engine());
    }

    /** The JVM says by an InternalError, late and from anywhere, that a mapped file has lost pages that were there. */
    private static IOException sourceFault(SurveyDefinition definition, InternalError e) {
        return new IOException(
                "'" + definition.source().map() + "' became shorter while it was read: leave it alone and start again",
                e);
    }

    /** Returns the definition from which this was prepared. */
    public SurveyDefinition definition() {
        return definition;
    }

    @Override
    public void close() throws IOException {
        choice.map().close();
        file.close();
    }
}
