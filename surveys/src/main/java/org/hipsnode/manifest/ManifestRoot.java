package org.hipsnode.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.io.Digests;
import org.hipsnode.io.MalformedDataException;

/** The root of a manifest: which release it is about, the tops of its tile trees, and every file that is no tile. */
public final class ManifestRoot {
    public static final int MAX_BYTES = 1 << 25;

    /** Trees, and files beside them, that a root may have. */
    static final int MAX_ENTRIES = 100_000;

    private static final Comparator<String> BY_UTF8 =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final byte[] file;
    private final Head head;
    private final SortedMap<TileTree, Branch> trees;
    private final SortedMap<String, FileRecord> files;
    private final Digest content;
    private final Digest digest;

    /**
     * The release that a manifest is about.
     *
     * @param generation 1 for the first manifest of a survey, and one more with each that says something else
     * @param parent digest of the root of the generation before
     */
    public record Head(
            Optional<String> creatorDid, Optional<String> releaseDate, long generation, Optional<Digest> parent) {}

    ManifestRoot(
            byte[] file,
            Head head,
            SortedMap<TileTree, Branch> trees,
            SortedMap<String, FileRecord> files,
            Digest content,
            Digest digest) {
        this.file = file.clone();
        this.head = head;
        this.trees = Collections.unmodifiableSortedMap(trees);
        this.files = Collections.unmodifiableSortedMap(files);
        this.content = content;
        this.digest = digest;
    }

    static ManifestRoot of(Head head, SortedMap<TileTree, Branch> trees, SortedMap<String, FileRecord> files)
            throws IOException {
        if (trees.size() > MAX_ENTRIES || files.size() > MAX_ENTRIES) {
            throw new MalformedDataException("a manifest can tell of " + MAX_ENTRIES + " tile trees and as many other "
                    + "files, found " + trees.size() + " and " + files.size());
        }
        return read(RootJson.write(head, trees, files), ManifestName.ROOT);
    }

    /**
     * Reads a root.
     *
     * @param name of the file, for messages
     * @throws MalformedDataException if it is damaged, or not one that this program understands
     */
    public static ManifestRoot read(byte[] file, String name) throws IOException {
        return RootJson.read(file, name);
    }

    /** Returns the digest of the data alone, equal wherever the same files are: of a line for each tree and file. */
    static Digest content(SortedMap<TileTree, Branch> trees, SortedMap<String, FileRecord> files) {
        var algorithm = Digests.newSha256();
        for (Map.Entry<TileTree, Branch> entry : trees.entrySet()) {
            TileTree tree = entry.getKey();
            algorithm.update(utf8("tree " + tree.order() + " " + tree.format().extension() + " " + tree.channel() + " "
                    + entry.getValue().digest() + "\n"));
        }
        List<String> names = new ArrayList<>(files.keySet());
        names.sort(BY_UTF8);
        for (String name : names) {
            FileRecord record = Optional.ofNullable(files.get(name)).orElseThrow();
            algorithm.update(utf8("file " + record.digest() + " " + record.bytes() + " " + name + "\n"));
        }
        return Digest.get(ByteBuffer.wrap(algorithm.digest()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the bytes of the file. */
    public byte[] toBytes() {
        return file.clone();
    }

    public Head head() {
        return head;
    }

    /** Returns what is said of each tile tree: the digest of its top, its tiles and bytes. */
    public SortedMap<TileTree, Branch> trees() {
        return trees;
    }

    /** Returns what is said of each file that is no tile, by name. */
    public SortedMap<String, FileRecord> files() {
        return files;
    }

    /** Returns the digest of the data alone: equal wherever the same files are, whenever their manifest was made. */
    public Digest content() {
        return content;
    }

    /** Returns the digest of the root itself. */
    public Digest digest() {
        return digest;
    }

    /** Returns the root of a release that differs in one file that is no tile. */
    public ManifestRoot withFile(String name, byte[] file) throws IOException {
        SortedMap<String, FileRecord> changed = new TreeMap<>(files);
        changed.put(name, new FileRecord(file.length, Digest.of(file)));
        return of(head, trees, changed);
    }

    boolean isOf(Optional<String> creatorDid, Optional<String> releaseDate, Digest data) {
        return head.creatorDid().equals(creatorDid) && head.releaseDate().equals(releaseDate) && content.equals(data);
    }

    /** Returns the number of files that the manifest tells of, its own not counted. */
    public long fileCount() {
        return files.size() + trees.values().stream().mapToLong(Branch::tiles).sum();
    }

    /** Returns the size of the files that the manifest tells of, its own not counted. */
    public long totalBytes() {
        return files.values().stream().mapToLong(FileRecord::bytes).sum()
                + trees.values().stream().mapToLong(Branch::bytes).sum();
    }
}
