package org.hipsnode.mirror.push;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.Branch;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.Node;
import org.hipsnode.manifest.Page;
import org.hipsnode.manifest.Place;
import org.hipsnode.manifest.Shard;
import org.hipsnode.mirror.push.PushPlan.Count;
import org.hipsnode.store.SurveyStore;

/** Counts what one side has and the other lacks, going down their manifests only where digests differ. */
final class Comparison {
    private final ManifestReader ours;
    private final ManifestReader theirs;
    private Count send = new Count(0, 0);
    private Count keep = new Count(0, 0);
    private long replaced;

    private Comparison(SurveyStore ours, SurveyStore theirs) {
        this.ours = new ManifestReader(ours);
        this.theirs = new ManifestReader(theirs);
    }

    /**
     * Compares.
     *
     * @param root of what is to be sent
     * @param there root of what is there; empty if there is none
     */
    static PushPlan.Difference of(SurveyStore ours, ManifestRoot root, SurveyStore theirs, Optional<ManifestRoot> there)
            throws IOException {
        Comparison comparison = new Comparison(ours, theirs);
        if (there.filter(t -> t.digest().equals(root.digest())).isPresent()) {
            Count all = new Count(root.fileCount(), root.totalBytes());
            return new PushPlan.Difference(comparison.send, 0, all, 0, true);
        }
        comparison.compare(root, there);
        long others = there.map(ManifestRoot::fileCount).orElse(0L);
        return new PushPlan.Difference(
                comparison.send,
                comparison.replaced,
                comparison.keep,
                others - comparison.keep.files() - comparison.replaced,
                false);
    }

    private void compare(ManifestRoot root, Optional<ManifestRoot> there) throws IOException {
        for (var tree : root.trees().entrySet()) {
            Optional<Branch> other = there.map(t -> t.trees().get(tree.getKey()));
            compare(tree.getKey().top(), tree.getValue(), other);
        }
        for (var file : root.files().entrySet()) {
            count(file.getValue(), there.map(t -> t.files().get(file.getKey())));
        }
    }

    private void count(FileRecord file, Optional<FileRecord> other) {
        if (other.equals(Optional.of(file))) {
            keep = keep.plus(1, file.bytes());
        } else {
            send = send.plus(1, file.bytes());
            replaced += other.isPresent() ? 1 : 0;
        }
    }

    private void compare(Place place, Branch branch, Optional<Branch> other) throws IOException {
        if (other.isEmpty()) {
            send = send.plus(branch.tiles(), branch.bytes());
        } else if (other.get().digest().equals(branch.digest())) {
            keep = keep.plus(branch.tiles(), branch.bytes());
        } else if (place.level() > 0) {
            compareNodes(place, branch, other.get());
        } else {
            compareShards(place, branch, other.get());
        }
    }

    private void compareNodes(Place place, Branch branch, Branch other) throws IOException {
        Map<Integer, Branch> others =
                theirNode(place, other).map(Node::children).map(Map::copyOf).orElse(Map.of());
        for (var child : ours.node(place, branch).children().entrySet()) {
            compare(place.child(child.getKey()), child.getValue(), Optional.ofNullable(others.get(child.getKey())));
        }
    }

    /** What is damaged there is as good as missing. */
    private Optional<Node> theirNode(Place place, Branch said) throws IOException {
        try {
            return Optional.of(theirs.node(place, said));
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    private Optional<Shard> theirShard(Place place, Branch said) throws IOException {
        try {
            return Optional.of(theirs.shard(place, said).shard());
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    private void compareShards(Place place, Branch branch, Branch other) throws IOException {
        Map<Integer, Page> others =
                theirShard(place, other).map(Shard::pages).map(Map::copyOf).orElse(Map.of());
        ours.shard(place, branch).shard().pages().forEach((number, page) -> {
            Optional<Page> otherPage = Optional.ofNullable(others.get(number));
            page.cells().stream()
                    .forEach(cell -> count(
                            record(page, cell),
                            otherPage.filter(p -> p.cells().get(cell)).map(p -> record(p, cell))));
        });
    }

    private static FileRecord record(Page page, int cell) {
        return new FileRecord(page.bytes(cell), page.digest(cell));
    }
}
