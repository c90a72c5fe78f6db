package org.hipsnode.bag;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.ManifestMaker;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FileName;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderStore;
import org.hipsnode.survey.Survey;
import org.hipsnode.work.OrderedWork;

/**
 * Takes a survey out of a bag that nobody vouches for: each file is copied and proven by its digest, none may be missing or too many,
 * and no name leads out of the survey's folder. The manifest is made anew from what was written, and must be the one that was in the
 * bag. Until all is proven there is no survey.
 */
public final class BagImport {
    private static final Pattern VERSION = Pattern.compile("BagIt-Version:\\s*(0\\.9[0-9]|1\\.[0-9])\\s*");
    private static final Pattern ENCODING = Pattern.compile("(?i)Tag-File-Character-Encoding:\\s*UTF-8\\s*");
    private static final int MOST_DECLARED = 4096;

    private final Path bag;
    private final Path staged;
    private final FolderPublication publication;

    private BagImport(Path bag, FolderPublication publication) {
        this.bag = bag;
        this.publication = publication;
        this.staged = publication.staged();
    }

    /**
     * Takes a survey out of a bag.
     *
     * @param survey its folder, which must be free
     * @throws MalformedDataException if the bag is not as it says
     */
    public static BagReport read(Path bag, Path survey, int workers, Progress progress) throws IOException {
        BagFiles.requireFree(survey, bag);
        requireBag(bag);
        List<BagFiles.Manifest> manifests = BagFiles.manifests(bag, "manifest-");
        if (manifests.isEmpty()) {
            throw MalformedDataException.expected(
                    bag.toString(), "a manifest of sha256, sha512, sha1 or md5", "none of these");
        }
        verifyTags(bag);
        BagInfo.Oxum there = measure(bag);
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            BagImport taking = new BagImport(bag, publication);
            taking.copy(manifests.get(0), there, workers, progress);
            for (BagFiles.Manifest other : manifests.subList(1, manifests.size())) {
                taking.verify(other, there, workers, progress);
            }
            ManifestRoot root = taking.complete(workers, progress);
            publication.commit();
            return new BagReport(
                    there.files(), there.bytes(), Optional.of(root.content().toString()));
        }
    }

    private static void requireBag(Path bag) throws IOException {
        Path file = bag.resolve(BagFiles.DECLARATION);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigException("'" + bag + "': expected a bag's folder, found no " + BagFiles.DECLARATION);
        }
        String[] lines = new String(BoundedReads.readFile(file, MOST_DECLARED), StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .split("\\R", -1);
        if (lines.length < 2
                || !VERSION.matcher(lines[0]).matches()
                || !ENCODING.matcher(lines[1]).matches()) {
            throw MalformedDataException.expected(
                    file.toString(), "a bag of version 0.9x or 1.x whose tags are UTF-8", "something else");
        }
        if (Files.exists(bag.resolve(BagFiles.FETCH), LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigException(
                    "'" + bag.resolve(BagFiles.FETCH) + "': expected a whole bag, found one whose files "
                            + "are still to be fetched: have another program complete it first");
        }
        if (!Files.isDirectory(bag.resolve(BagFiles.DATA), LinkOption.NOFOLLOW_LINKS)) {
            throw MalformedDataException.expected(bag.toString(), "a folder data", "none");
        }
    }

    private static void verifyTags(Path bag) throws IOException {
        for (BagFiles.Manifest manifest : BagFiles.manifests(bag, "tagmanifest-")) {
            try (BoundedLines lines = BoundedLines.of(manifest.file())) {
                for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                    BagEntry entry = BagFiles.entry(manifest, line.get());
                    if (!FileName.isValid(entry.path())) {
                        throw unsafe(manifest);
                    }
                    requireDigest(bag.resolve(entry.path()), entry, manifest);
                }
            }
        }
    }

    private static MalformedDataException unsafe(BagFiles.Manifest manifest) {
        return MalformedDataException.expected(
                manifest.file().toString(), "names of a survey's files below data", "another name");
    }

    private static void requireDigest(Path file, BagEntry entry, BagFiles.Manifest manifest) throws IOException {
        String found;
        try {
            found = BagFiles.digest(file, manifest.digest());
        } catch (NoSuchFileException e) {
            throw MalformedDataException.expected(entry.path(), "a file, as the bag tells of it", "none");
        }
        requireSame(found, entry);
    }

    private static void requireSame(String found, BagEntry entry) throws IOException {
        if (!found.equals(entry.digest())) {
            throw MalformedDataException.expected(entry.path(), "content of digest " + entry.digest(), found);
        }
    }

    /** Looks through all there is before anything is copied. */
    private static BagInfo.Oxum measure(Path bag) throws IOException {
        long[] found = {0, 0};
        BagFiles.walk(bag.resolve(BagFiles.DATA), (name, bytes) -> {
            found[0] += bytes;
            found[1]++;
        });
        BagInfo.Oxum there = new BagInfo.Oxum(found[0], found[1]);
        Path file = bag.resolve(BagFiles.INFO);
        Optional<BagInfo.Oxum> said = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? BagInfo.parse(BoundedReads.readFile(file, BagInfo.MAX_BYTES)).oxum()
                : Optional.empty();
        if (said.isPresent() && !said.get().equals(there)) {
            throw MalformedDataException.expected(
                    bag.toString(),
                    said.get().files() + " files of " + said.get().bytes() + " bytes, as its Payload-Oxum says",
                    there.files() + " of " + there.bytes());
        }
        return there;
    }

    private void copy(BagFiles.Manifest manifest, BagInfo.Oxum there, int workers, Progress progress)
            throws IOException {
        try (Progress.Phase phase = progress.begin("unbag", "files", there.files())) {
            long files = each(manifest, workers, entry -> copy(manifest, entry, phase));
            if (files != there.files()) {
                throw MalformedDataException.expected(
                        manifest.file().toString(),
                        "a line for each of the " + there.files() + " files",
                        files + " lines");
            }
        }
    }

    private void verify(BagFiles.Manifest manifest, BagInfo.Oxum there, int workers, Progress progress)
            throws IOException {
        try (Progress.Phase phase = progress.begin("verify", "files", there.files())) {
            long files = each(manifest, workers, entry -> {
                requireDigest(staged.resolve(name(manifest, entry)), entry, manifest);
                phase.add(1, 0);
            });
            if (files != there.files()) {
                throw MalformedDataException.expected(
                        manifest.file().toString(),
                        "a line for each of the " + there.files() + " files",
                        files + " lines");
            }
        }
    }

    /** Something to do about a file of the bag. */
    @FunctionalInterface
    private interface Doing {
        void with(BagEntry entry) throws IOException;
    }

    private static long each(BagFiles.Manifest manifest, int workers, Doing doing) throws IOException {
        long files = 0;
        try (BoundedLines lines = BoundedLines.of(manifest.file());
                OrderedWork<Boolean> work = new OrderedWork<>(workers, done -> {})) {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                BagEntry entry = BagFiles.entry(manifest, line.get());
                files++;
                work.give(() -> {
                    doing.with(entry);
                    return true;
                });
            }
            work.finish();
        }
        return files;
    }

    /** Returns the name of a survey's file; of our own folder only what others may have too. */
    private static String name(BagFiles.Manifest manifest, BagEntry entry) throws IOException {
        String path = entry.path().startsWith("./") ? entry.path().substring(2) : entry.path();
        String name = path.startsWith(BagFiles.DATA) ? path.substring(BagFiles.DATA.length()) : "";
        boolean own = name.startsWith(FileName.OWN_FOLDER + "/");
        if (!FileName.isValid(name) || (own && !ManifestName.isPublic(name))) {
            throw unsafe(manifest);
        }
        return name;
    }

    private void copy(BagFiles.Manifest manifest, BagEntry entry, Progress.Phase phase) throws IOException {
        String name = name(manifest, entry);
        MessageDigest digest = manifest.digest();
        try {
            long bytes = BagFiles.copy(bag.resolve(BagFiles.DATA).resolve(name), staged.resolve(name), phase, digest);
            publication.giveToDisk(bytes);
        } catch (NoSuchFileException e) {
            throw MalformedDataException.expected(entry.path(), "a file, as the bag tells of it", "none");
        } catch (FileAlreadyExistsException e) {
            throw MalformedDataException.expected(
                    String.valueOf(manifest.file().getFileName()), "one line for each file", "two for " + entry.path());
        }
        requireSame(BagFiles.hex(digest), entry);
    }

    /** Makes the manifest from what was written; a root that was in the bag stays, since it knows the generations before. */
    private ManifestRoot complete(int workers, Progress progress) throws IOException {
        HipsProperties list = Survey.open(new FolderStore(staged))
                .orElseThrow(() -> MalformedDataException.expected(bag.toString(), "a survey in data", "no properties"))
                .properties()
                .list();
        Optional<byte[]> before = new FolderStore(staged).read(ManifestName.ROOT, ManifestRoot.MAX_BYTES);
        Files.deleteIfExists(staged.resolve(ManifestName.ROOT));
        ManifestRoot made = ManifestMaker.make(
                staged, list.value("creator_did"), list.value("hips_release_date"), workers, progress);
        if (before.isEmpty()) {
            return made;
        }
        ManifestRoot root = ManifestRoot.read(before.get(), ManifestName.ROOT);
        if (!root.content().equals(made.content())) {
            throw MalformedDataException.expected(
                    bag.toString(),
                    "a survey whose content is " + root.content() + ", as its manifest says",
                    made.content().toString());
        }
        AtomicFiles.write(staged.resolve(ManifestName.ROOT), before.get());
        return root;
    }
}
