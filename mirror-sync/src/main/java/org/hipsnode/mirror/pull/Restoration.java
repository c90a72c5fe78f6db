package org.hipsnode.mirror.pull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.ManifestWalk;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.remote.RemoteStore;
import org.hipsnode.mirror.transfer.Arrival;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.mirror.transfer.StagedLanding;
import org.hipsnode.mirror.transfer.Transfer;
import org.hipsnode.mirror.transfer.WantedFile;
import org.hipsnode.progress.Progress;
import org.hipsnode.store.FileName;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderStore;

/**
 * Puts a survey right from a copy of it elsewhere: what is damaged is fetched, and proven by the survey's own
 * manifest, so it does not matter what else the copy has.
 *
 * <p>The release is made anew beside the damaged one, of links to what is good, and swapped in; it is the same release.
 */
public final class Restoration {
    private final Host host;
    private final Path folder;
    private final RemoteStore copy;

    /**
     * Prepares to restore.
     *
     * @param host of the copy
     * @param folder of the survey
     */
    public Restoration(Host host, Path folder, HttpFiles files) {
        this(host, folder, new RemoteStore(host.survey(), files));
    }

    Restoration(Host host, Path folder, RemoteStore copy) {
        this.host = host;
        this.folder = folder;
        this.copy = copy;
    }

    /**
     * What was done.
     *
     * @param files that are good again, of those that were known to be damaged
     * @param more that turned out to be damaged, too, where the manifest itself had been and could tell nothing of them
     * @param missing those that could not be had, and why: the first few, and how many more
     */
    public record Report(long files, long more, List<String> missing) {
        public Report {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Fetches what is damaged; what cannot be had stays as it is.
     *
     * @param damaged names of files that are damaged or missing, objects of the manifest among them
     * @param added names of files that do not belong to the survey, and stay all the same: they may be somebody's own
     * @throws IOException if nothing could be done: above all where the manifest is damaged and the copy has another
     */
    public Report restore(Set<String> damaged, Set<String> added, Progress progress)
            throws IOException, InterruptedException {
        if (FolderPublication.lastChange(FolderPublication.workOf(folder)).isPresent()) {
            throw new IOException(
                    "'" + folder + "': a run that was stopped has left its work beside it, which would be "
                            + "lost: finish it, or remove it");
        }
        try (FolderPublication release = FolderPublication.begin(folder);
                Transfer transfer = new Transfer(host)) {
            RestoredObjects objects = new RestoredObjects(new FolderStore(folder), copy, damaged);
            Map<String, WantedFile> wanted = keep(new ManifestReader(objects), release, damaged);
            keepOthers(release, damaged, added);
            for (var object : objects.restored().entrySet()) {
                release.write(object.getKey(), object.getValue());
            }
            Problems problems = new Problems();
            transfer.fetch(
                    wanted.values().iterator(),
                    new StagedLanding(release),
                    arrival -> note(arrival, problems),
                    progress);
            keepDamaged(release, wanted.keySet());
            release.commit();
            long known = wanted.keySet().stream().filter(damaged::contains).count();
            return new Report(
                    objects.restored().size() + known - problems.count(), wanted.size() - known, problems.lines());
        }
    }

    /**
     * Takes over what is good of all that the manifest tells of, and returns the rest. Where objects of the manifest were damaged nobody
     * could look at the files that they tell of, so these are read here.
     */
    private Map<String, WantedFile> keep(ManifestReader reader, FolderPublication release, Set<String> damaged)
            throws IOException {
        ManifestRoot root = reader.root().orElseThrow(() -> new IOException("'" + folder + "' has no manifest"));
        ManifestWalk walk = new ManifestWalk(reader, root);
        boolean blind = damaged.stream().anyMatch(ManifestName::isObject);
        Map<String, WantedFile> wanted = new LinkedHashMap<>();
        for (Optional<ManifestWalk.Step> step = walk.next(); step.isPresent(); step = walk.next()) {
            if (!(step.get() instanceof ManifestWalk.File file)) {
                throw new IOException(
                        "'" + step.get().name() + "' of the manifest is damaged, and '" + copy + "' does not have it");
            }
            if (damaged.contains(file.name()) || (blind && !isGood(file))) {
                wanted.put(
                        file.name(),
                        new WantedFile(
                                file.name(),
                                OptionalLong.of(file.record().bytes()),
                                Optional.of(file.record().digest()),
                                Optional.empty()));
            } else {
                release.takeOver(file.name());
            }
        }
        return wanted;
    }

    private boolean isGood(ManifestWalk.File file) {
        try {
            return Digest.of(folder.resolve(file.name())).equals(file.record().digest());
        } catch (IOException e) {
            return false; // whatever keeps it from being read, another is fetched
        }
    }

    private void keepOthers(FolderPublication release, Set<String> damaged, Set<String> added) throws IOException {
        List<String> names = new ArrayList<>();
        new FolderStore(folder).listEverything((name, bytes) -> {
            boolean ours = name.equals(ManifestName.ROOT)
                    || ManifestName.isNote(name)
                    || (ManifestName.isObject(name) && !damaged.contains(name));
            if (bytes >= 0 && (ours || (added.contains(name) && FileName.isValid(name)))) {
                names.add(name);
            }
        });
        for (String name : names) {
            release.takeOver(name);
        }
    }

    private static void note(Arrival arrival, Problems problems) {
        if (arrival instanceof Arrival.Failed failed) {
            problems.add(failed.name(), failed.reason());
        } else if (!(arrival instanceof Arrival.Stored)) {
            problems.add(arrival.name(), "the copy does not have it");
        }
    }

    private void keepDamaged(FolderPublication release, Set<String> wanted) throws IOException {
        for (String name : wanted) {
            boolean came = Files.isRegularFile(release.staged().resolve(name));
            if (!came && Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                release.takeOver(name);
            }
        }
    }
}
