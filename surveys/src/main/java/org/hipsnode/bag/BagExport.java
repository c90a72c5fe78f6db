package org.hipsnode.bag;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.Digests;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.ManifestWalk;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FileName;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderStore;
import org.hipsnode.survey.Survey;
import org.hipsnode.work.OrderedWork;

/**
 * Puts a survey into a bag: its files as they are below {@code data}, with the SHA-256 of each.
 *
 * <p>Every file is read once. Where the survey has a manifest, what is read is compared with that, whose digests are the beginnings
 * of those of the bag; a survey that is not as its manifest says is put into no bag. The same survey makes the same bag.
 */
public final class BagExport {
    private final Path survey;
    private final Path staged;
    private final Progress.Phase phase;
    private final OrderedWork<Copied> work;
    private long files;
    private long bytes;

    private BagExport(
            Path survey, Path staged, Progress.Phase phase, int workers, OrderedWork.ResultSink<Copied> sink) {
        this.survey = survey;
        this.staged = staged;
        this.phase = phase;
        this.work = new OrderedWork<>(workers, sink);
    }

    /** A file that lies in the bag. */
    private record Copied(BagEntry entry, long bytes) {}

    /**
     * Makes a bag.
     *
     * @param bag its folder, which must be free
     * @param program name and version of this one
     * @throws MalformedDataException if the survey is not as its manifest says
     */
    public static BagReport write(Path survey, Path bag, String program, int workers, Progress progress)
            throws IOException {
        BagFiles.requireFree(bag, survey);
        HipsProperties list = Survey.open(new FolderStore(survey))
                .orElseThrow(() ->
                        new ConfigException("'" + survey + "': expected a survey's folder, found no properties in it"))
                .properties()
                .list();
        ManifestReader reader = new ManifestReader(new FolderStore(survey));
        Optional<ManifestRoot> root = reader.root();
        try (FolderPublication publication = FolderPublication.begin(bag);
                Progress.Phase phase = progress.begin(
                        "bag", "files", root.map(ManifestRoot::fileCount).orElse(0L))) {
            BagReport report = fill(survey, publication, reader, root, workers, phase);
            if (!reader.root().map(ManifestRoot::digest).equals(root.map(ManifestRoot::digest))) {
                throw new IOException("'" + survey + "' became another release meanwhile: start again");
            }
            writeTags(publication.staged(), list, report, program);
            publication.commit();
            return report;
        }
    }

    private static BagReport fill(
            Path survey,
            FolderPublication publication,
            ManifestReader reader,
            Optional<ManifestRoot> root,
            int workers,
            Progress.Phase phase)
            throws IOException {
        Path staged = publication.staged();
        try (BufferedWriter manifest =
                Files.newBufferedWriter(staged.resolve(BagFiles.MANIFEST), StandardCharsets.UTF_8)) {
            BagExport export = new BagExport(survey, staged, phase, workers, copied -> {
                manifest.write(copied.entry().line());
                manifest.write('\n');
                publication.giveToDisk(copied.bytes());
            });
            try (OrderedWork<Copied> work = export.work) {
                if (root.isPresent()) {
                    export.giveAll(reader, root.get());
                } else {
                    export.giveWhatIsThere();
                }
                work.finish();
            }
            return new BagReport(
                    export.files, export.bytes, root.map(r -> r.content().toString()));
        }
    }

    private void giveAll(ManifestReader reader, ManifestRoot root) throws IOException {
        ManifestWalk walk = new ManifestWalk(reader, root);
        for (Optional<ManifestWalk.Step> step = walk.next(); step.isPresent(); step = walk.next()) {
            if (!(step.get() instanceof ManifestWalk.File file)) {
                throw damaged(step.get().name(), "it is damaged or missing");
            }
            give(file.name(), file.record().bytes(), Optional.of(file.record()));
        }
        requireNothingElse(root);
        new FolderStore(survey).listEverything((name, size) -> {
            if (name.equals(ManifestName.ROOT) || ManifestName.isObject(name)) {
                give(name, size, Optional.empty());
            }
        });
    }

    private void requireNothingElse(ManifestRoot root) throws IOException {
        long[] found = {0};
        new FolderStore(survey).list((name, size) -> found[0] += FileName.isValid(name) ? 1 : 0);
        found[0] += root.files().containsKey(ManifestName.PROVENANCE) ? 1 : 0;
        if (found[0] != root.fileCount()) {
            throw damaged("", "its manifest tells of " + root.fileCount() + " files, found " + found[0]);
        }
    }

    private void giveWhatIsThere() throws IOException {
        new FolderStore(survey).list((name, size) -> give(name, size, Optional.empty()));
        Path provenance = survey.resolve(ManifestName.PROVENANCE);
        if (Files.isRegularFile(provenance)) {
            give(ManifestName.PROVENANCE, Files.size(provenance), Optional.empty());
        }
    }

    private void give(String name, long size, Optional<FileRecord> said) throws IOException {
        if (!FileName.isValid(name)) {
            throw new ConfigException("'" + survey.resolve(name) + "': expected a name that a survey's file may have, "
                    + "found another: rename the file");
        }
        files++;
        bytes += size;
        work.give(() -> copy(name, size, said));
    }

    private Copied copy(String name, long size, Optional<FileRecord> said) throws IOException {
        MessageDigest sha256 = Digests.newSha256();
        long found;
        try {
            found = BagFiles.copy(survey.resolve(name), staged.resolve(BagFiles.DATA + name), phase, sha256);
        } catch (NoSuchFileException e) {
            throw damaged(name, "it is missing");
        }
        byte[] digest = sha256.digest();
        boolean same = said.isEmpty() || said.get().digest().equals(Digest.ofSha256(digest));
        if (found != size || !same) {
            throw damaged(
                    name,
                    "expected " + size + " bytes"
                            + said.map(s -> " of digest " + s.digest()).orElse("") + ", found other content");
        }
        return new Copied(new BagEntry(HexFormat.of().formatHex(digest), BagFiles.DATA + name), found);
    }

    private MalformedDataException damaged(String name, String how) {
        return new MalformedDataException(
                "'" + survey.resolve(name) + "': " + how + "; see what else is: hipsnode verify " + survey);
    }

    private static void writeTags(Path staged, HipsProperties list, BagReport report, String program)
            throws IOException {
        BagInfo info = new BagInfo()
                .with("Bag-Software-Agent", Optional.of(program))
                // no clock: the day of the release, as far as it is told
                .with(
                        "Bagging-Date",
                        list.value("hips_release_date")
                                .flatMap(HipsDate::parse)
                                .map(date -> date.toString().substring(0, "2026-01-01".length())))
                .with("External-Description", list.value("obs_title"))
                .with("External-Identifier", list.value("creator_did"))
                .with("HiPS-Manifest-Content", report.content())
                .with("HiPS-Release-Date", list.value("hips_release_date"))
                .with("Payload-Oxum", Optional.of(new BagInfo.Oxum(report.bytes(), report.files()).toString()));
        write(staged, BagFiles.DECLARATION, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        Files.write(staged.resolve(BagFiles.INFO), info.toBytes());
        StringBuilder tags = new StringBuilder();
        for (String name : new String[] {BagFiles.INFO, BagFiles.DECLARATION, BagFiles.MANIFEST}) {
            tags.append(new BagEntry(Digests.sha256(staged.resolve(name)), name).line())
                    .append('\n');
        }
        write(staged, BagFiles.TAG_MANIFEST, tags.toString());
    }

    private static void write(Path staged, String name, String text) throws IOException {
        Files.write(staged.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
