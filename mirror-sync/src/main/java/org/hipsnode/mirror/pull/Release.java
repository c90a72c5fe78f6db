package org.hipsnode.mirror.pull;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.hipsnode.check.Finding;
import org.hipsnode.check.Findings;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.config.ConfigException;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.mirror.plan.MirrorPlan;
import org.hipsnode.mirror.plan.MirrorPlan.Knowledge;
import org.hipsnode.mirror.pull.MirrorReport.Result;
import org.hipsnode.mirror.source.PlainInventory;
import org.hipsnode.mirror.source.Source;
import org.hipsnode.mirror.transfer.Transfer;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.CheckCode;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.StoppedRun;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.TreeName;

/** One release of a mirror in the making: copied beside the one that is here, completed, checked, and put in its place. */
final class Release {
    private final MirrorRequest request;
    private final Source source;
    private final SurveyStore objects;
    private final LocalCopy here;
    private final MirrorPlan plan;
    private final MirrorNote note;

    Release(
            MirrorRequest request,
            Source source,
            SurveyStore objects,
            LocalCopy here,
            MirrorPlan plan,
            MirrorNote note) {
        this.request = request;
        this.source = source;
        this.objects = objects;
        this.here = here;
        this.plan = plan;
        this.note = note;
    }

    /** Makes it; empty if the source became another release meanwhile, and then what has come lies ready for the next try. */
    Optional<MirrorReport> make(Progress progress) throws IOException, InterruptedException {
        String identity = "mirror of " + source.store() + " " + request.selection();
        try (FolderPublication publication = FolderPublication.begin(request.folder(), Optional.of(identity));
                Transfer transfer = new Transfer(request.host())) {
            StagedFiles staged = new StagedFiles(publication, here, plan.knowledge() == Knowledge.MANIFEST);
            try {
                return make(publication, staged, transfer, progress);
            } catch (ConfigException e) {
                throw e; // which says all
            } catch (IOException e) {
                throw new StoppedRun(publication, request.folder(), expectedBytes(staged)).explain(e);
            }
        }
    }

    private Optional<MirrorReport> make(
            FolderPublication publication, StagedFiles staged, Transfer transfer, Progress progress)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        Copying copying = new Copying(plan, here, staged, transfer, objects, progress);
        Problems problems = copying.run();
        if (!source.isStillThere()) {
            return Optional.empty();
        }
        if (problems.count() > 0) {
            return Optional.of(report(Result.INCOMPLETE, copying, staged, began, problems.lines(), List.of()));
        }
        Mirror.requireModest(plan.deleted() + copying.arrivals().gone(), here, request);
        staged.removeOthers();
        return Optional.of(complete(publication, staged, copying, began));
    }

    /** What is kept needs no room but where it cannot be linked, so of that only what is staged already counts. */
    private OptionalLong expectedBytes(StagedFiles staged) {
        if (plan.knowledge() != Knowledge.MANIFEST) {
            return OptionalLong.empty();
        }
        long kept = staged.links() ? staged.keptBytes() : plan.kept().bytes();
        return OptionalLong.of(plan.fetched().bytes() + kept);
    }

    private MirrorReport complete(FolderPublication publication, StagedFiles staged, Copying copying, long began)
            throws IOException {
        HipsProperties list = properties(publication, staged, copying);
        staged.write("properties", list.toBytes());
        ManifestRoot root = staged.finish(list);
        publication.write(
                ManifestName.MIRROR, note.withPace(pace(copying, began)).toBytes());
        Findings findings = SurveyCheck.check(new FolderStore(publication.staged()), Optional.empty());
        if (!findings.allowsCopy(request.policy().acceptsDefects())) {
            return report(Result.DEFECTIVE, copying, staged, began, List.of(), findings.all());
        }
        publication.commit();
        return report(Result.PUBLISHED, copying, staged, began, List.of(), findings.all())
                .withContent(root.content().toString());
    }

    private Pace pace(Copying copying, long began) {
        return Pace.measured(copying.summary().stored(), copying.summary().bytes(), seconds(began), note.pace());
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private HipsProperties properties(FolderPublication publication, StagedFiles staged, Copying copying)
            throws IOException {
        if (!request.selection().reduces(source.survey())) {
            return MirroredProperties.ofWhole(source.properties(), request.here());
        }
        Optional<Moc> coverage = Optional.empty();
        if (request.selection().region().isPresent()) {
            coverage = Optional.of(coverage(copying));
            staged.write(Planning.COVERAGE, MocFits.write(coverage.get(), frameLetter(), MocFits.Encoding.NUNIQ));
        }
        CheckCode sizes = new CheckCode();
        new FolderStore(publication.staged())
                .list((name, bytes) -> TreeName.parse(name).ifPresent(tree -> sizes.add(tree, bytes)));
        return MirroredProperties.ofPart(
                source.properties(), request.here(), copying.arrivals().trees(), coverage, sizes);
    }

    /** A planet's frame has no letter; viewers take the cells as they are. */
    private char frameLetter() {
        return source.survey().frame().orElse(Frame.EQUATORIAL).letter();
    }

    private Moc coverage(Copying copying) throws IOException {
        Moc there = copying.arrivals().deepest();
        return PlainInventory.of(source.store(), source.survey(), request.selection())
                .coverage()
                .map(there::intersection)
                .orElse(there);
    }

    private MirrorReport report(
            Result result,
            Copying copying,
            StagedFiles staged,
            long began,
            List<String> missing,
            List<Finding> findings) {
        MirrorReport.Done done = new MirrorReport.Done(
                copying.summary().stored(),
                copying.summary().bytes(),
                staged.kept(),
                plan.deleted() + copying.arrivals().gone(),
                copying.summary().requests(),
                seconds(began),
                Optional.empty());
        List<Finding> all =
                Stream.concat(source.findings().stream(), findings.stream()).toList();
        return new MirrorReport(
                source.store().toString(), request.folder(), result, note.releaseDate(), done, missing, all);
    }
}
