package org.hipsnode.generate.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.hipsnode.check.Finding;
import org.hipsnode.check.Findings;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.generate.engine.GenerationEngine;
import org.hipsnode.generate.engine.Workplace;
import org.hipsnode.generate.image.Progenitors;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.plan.Layout;
import org.hipsnode.generate.render.Display;
import org.hipsnode.generate.source.FinishedSource;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.generate.write.IndexPage;
import org.hipsnode.generate.write.InitialView;
import org.hipsnode.generate.write.KeywordList;
import org.hipsnode.generate.write.ProgenitorFolder;
import org.hipsnode.generate.write.TileHarvest;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.moc.MocRotation;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.CheckCode;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.StoppedRun;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.hipsnode.work.OrderedWork;

/** Carries out a plan: tiles, Allsky, coverage, pages, and the keyword list last; checks them; then publishes all at once. */
final class SurveyMaker {
    private static final String PROGENITOR = "prov_progenitor";

    private final GenerationPlan plan;
    private final List<TileSource> channels;
    private final Optional<Progenitors> progenitors;
    private final GenerationEngine engine;
    private final Progress progress;
    private final String builder;
    private final Layout layout;
    private final TileHarvest harvest;

    SurveyMaker(
            GenerationPlan plan,
            List<TileSource> channels,
            Optional<Progenitors> progenitors,
            GenerationEngine engine,
            Progress progress,
            String builder) {
        this.plan = plan;
        this.channels = channels;
        this.progenitors = progenitors;
        this.engine = engine;
        this.progress = progress;
        this.builder = builder;
        this.layout = plan.layout();
        this.harvest = new TileHarvest(plan);
    }

    /**
     * Makes and publishes the survey.
     *
     * @param circumstances what is known of the inputs and of what was made before
     */
    Publication make(Path folder, int workers, Circumstances circumstances, Callable<byte[]> provenance)
            throws IOException {
        requireSameSurvey(folder);
        Optional<String> identity = engine.canKeepTiles() ? Optional.of(circumstances.identity()) : Optional.empty();
        try (FolderPublication publication = FolderPublication.begin(folder, identity)) {
            try {
                return make(folder, publication, workers, circumstances, provenance);
            } catch (MalformedDataException | ConfigException | RefusedReleaseException e) {
                publication.discard();
                throw e;
            } catch (IOException e) {
                throw new StoppedRun(publication, folder, OptionalLong.of(plan.expectedBytes())).explain(e);
            }
        }
    }

    private Publication make(
            Path folder,
            FolderPublication publication,
            int workers,
            Circumstances circumstances,
            Callable<byte[]> provenance)
            throws IOException {
        ReleaseFiles files = new ReleaseFiles(publication, folder, circumstances.upkeep());
        Workplace workplace = new Workplace(files, harvest, publication.workFolder(), workers, progress);
        String madeBy = makeTiles(workplace, files, provenance);
        circumstances.inputs().requireUnchanged();
        FolderStore made = new FolderStore(publication.staged());
        ManifestRoot manifest = files.writeManifest(writeCompanions(files, made, madeBy));
        Findings findings = check(made);
        Publication result = summary(manifest, findings, files.kept());
        try (Progress.Phase phase = progress.begin("publish", "files", result.files())) {
            publication.commit();
            phase.add(result.files(), result.bytes());
        }
        return result;
    }

    /** Another survey's folder, or one that is no survey's, is left alone. */
    private void requireSameSurvey(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || isEmpty(folder)) {
            return;
        }
        String ours = plan.keywords().value("creator_did").orElse("");
        Optional<byte[]> list = new FolderStore(folder).read("properties", HipsProperties.MAX_BYTES);
        if (list.isEmpty()) {
            throw new ConfigException("'" + folder + "': expected an empty folder, none, or an older release of " + ours
                    + ", found other files; choose another --out");
        }
        HipsProperties there = HipsProperties.parse(list.get(), folder + "/properties");
        String theirs = new SurveyProperties(there).creatorDid().orElse("a survey without creator_did");
        if (!theirs.equals(ours)) {
            throw new ConfigException("'" + folder + "': expected an older release of " + ours + ", found " + theirs
                    + "; choose another --out, or the same --id");
        }
        requireSameSource(folder, there);
    }

    /** A survey without a name of its own is known by what it was made from. */
    private void requireSameSource(Path folder, HipsProperties there) throws ConfigException {
        Optional<String> ours = plan.keywords().value(PROGENITOR);
        Optional<String> theirs = there.value(PROGENITOR);
        if (Generation.isUnnamed(plan.keywords()) && !ours.equals(theirs)) {
            throw new ConfigException("'" + folder + "': expected a survey made from " + ours.orElse("nothing")
                    + ", found one made from " + theirs.orElse("something unknown")
                    + "; choose another --out, or give both the same --id");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }

    /** Makes the tiles, and returns who made them. */
    private String makeTiles(Workplace workplace, ReleaseFiles files, Callable<byte[]> provenance) throws IOException {
        // the input is digested beside the tiles, which take longer
        try (OrderedWork<byte[]> beside =
                new OrderedWork<>(1, content -> workplace.files().write(ManifestName.PROVENANCE, content))) {
            beside.give(provenance);
            String helper = engine.make(plan, unfinished(files), workplace);
            beside.finish();
            return helper.isEmpty() ? builder : builder + " with " + helper;
        }
    }

    /** What costs much to compute is taken from files where it was computed before. */
    private List<TileSource> unfinished(ReleaseFiles files) {
        if (channels.size() > 1 || !plan.formats().contains(TileFormat.FITS)) {
            return channels;
        }
        return List.of(FinishedSource.around(
                channels.get(0), layout.order(), layout.tileWidth(), address -> pixels(files, address)));
    }

    private Optional<byte[]> pixels(ReleaseFiles files, TileAddress address) throws IOException {
        TreeName.Tile tile = new TreeName.Tile(address, 0, TileFormat.FITS);
        Optional<byte[]> file = files.made(tile);
        return file.isPresent()
                ? Optional.of(FitsImage.parse(file.get(), tile.toString()).data())
                : Optional.empty();
    }

    /** Writes everything but tiles and manifest, and returns the keyword list. */
    private HipsProperties writeCompanions(ReleaseFiles files, FolderStore made, String madeBy) throws IOException {
        Moc moc = harvest.coverage();
        InitialView view = InitialView.of(moc, layout.frame(), plan.keywords());
        CheckCode sizes;
        try (OrderedWork<byte[]> beside = new OrderedWork<>(1, picture -> files.write("preview.jpg", picture))) {
            beside.give(() -> harvest.preview(view));
            writeCoverage(files, moc);
            if (progenitors.isPresent()) {
                progenitors.get().write(files::write);
            }
            sizes = sizes(made);
            beside.finish();
        }
        double[] range = harvest.range();
        HipsProperties list = new KeywordList(
                        plan,
                        new KeywordList.Facts(
                                moc,
                                view,
                                new KeywordList.Range(range[0], range[1]),
                                sizes,
                                channels.get(0).unit()))
                .build(madeBy);
        if (progenitors.isPresent()) {
            describeProgenitors(files, list, progenitors.get());
        }
        files.write("index.html", IndexPage.of(new SurveyProperties(list), shown()));
        files.write("properties", list.toBytes());
        return list;
    }

    private static void describeProgenitors(ReleaseFiles files, HipsProperties list, Progenitors progenitors)
            throws IOException {
        files.write(Progenitors.FOLDER + "properties", ProgenitorFolder.properties(list, progenitors.order()));
        files.write(Progenitors.FOLDER + "metadata.xml", ProgenitorFolder.table(list));
    }

    private void writeCoverage(ReleaseFiles files, Moc moc) throws IOException {
        files.write("Moc.fits", MocFits.write(moc, layout.frame().letter(), MocFits.Encoding.NUNIQ));
        if (layout.frame() != Frame.EQUATORIAL) {
            Moc icrs = MocRotation.rotate(moc, layout.frame(), Frame.EQUATORIAL);
            files.write("SMoc.fits", MocFits.write(icrs, Frame.EQUATORIAL.letter(), MocFits.Encoding.NUNIQ));
        }
    }

    /** Returns how the pictures show values, if there are pictures, and of values. */
    private Optional<Display> shown() {
        boolean pictures = plan.formats().stream().anyMatch(format -> format != TileFormat.FITS);
        return pictures && !plan.isColour() ? Optional.of(plan.display()) : Optional.empty();
    }

    private static CheckCode sizes(FolderStore made) throws IOException {
        CheckCode sizes = new CheckCode();
        made.list((name, bytes) -> TreeName.parse(name).ifPresent(tree -> sizes.add(tree, bytes)));
        return sizes;
    }

    /** A release that the check finds wrong is not published: it would be this program's fault. */
    private Findings check(FolderStore made) throws IOException {
        try (Progress.Phase phase = progress.begin("check", "surveys", 1)) {
            Findings findings = SurveyCheck.check(made, Optional.empty());
            phase.add(1, 0);
            List<String> errors = findings.all().stream()
                    .filter(f -> f.severity() == Finding.Severity.ERROR)
                    .map(Finding::toString)
                    .toList();
            if (!errors.isEmpty()) {
                throw new RefusedReleaseException(
                        "the new release is not published, because its check found: " + String.join("; ", errors));
            }
            return findings;
        }
    }

    private Publication summary(ManifestRoot manifest, Findings findings, long kept) {
        Map<TileFormat, Long> tiles = new EnumMap<>(TileFormat.class);
        manifest.trees().forEach((tree, branch) -> tiles.merge(tree.format(), branch.tiles(), Long::sum));
        return new Publication(
                tiles,
                manifest.fileCount(),
                manifest.totalBytes(),
                kept,
                harvest.coverage().skyFraction(),
                findings.all());
    }
}
