package org.hipsnode.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.io.TooLargeException;
import org.hipsnode.manifest.SurveyFiles.Written;
import org.hipsnode.store.MemoryStore;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
    private static final TileTree TREE = new TileTree(5, TileFormat.PNG, 0);

    @Provide
    Arbitrary<Map<String, byte[]>> surveys() {
        return SurveyFiles.surveys();
    }

    private static ManifestReader reader(Written written) {
        Map<String, byte[]> files = new HashMap<>(written.objects());
        files.put(ManifestName.ROOT, written.root().toBytes());
        return new ManifestReader(new MemoryStore(files));
    }

    /** Returns every file that the manifest tells of, found by walking down. */
    private static Map<String, FileRecord> walk(ManifestReader reader) throws IOException {
        ManifestRoot root = reader.root().orElseThrow();
        Map<String, FileRecord> found = new TreeMap<>(root.files());
        for (Map.Entry<TileTree, Branch> tree : root.trees().entrySet()) {
            walk(reader, tree.getKey().top(), tree.getValue(), found);
        }
        return found;
    }

    private static void walk(ManifestReader reader, Place place, Branch said, Map<String, FileRecord> found)
            throws IOException {
        if (place.level() > 0) {
            for (Map.Entry<Integer, Branch> child :
                    reader.node(place, said).children().entrySet()) {
                walk(reader, place.child(child.getKey()), child.getValue(), found);
            }
            return;
        }
        ShardReading shard = reader.shard(place, said);
        assertThat(shard.defect()).isEmpty();
        shard.shard()
                .pages()
                .forEach((number, page) -> page.cells().stream()
                        .forEach(cell -> found.put(
                                place.tree().name(place.firstCell() + number * 256L + cell),
                                new FileRecord(page.bytes(cell), page.digest(cell)))));
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadBack(@ForAll("surveys") Map<String, byte[]> files) throws IOException {
        Map<String, FileRecord> expected = new TreeMap<>();
        files.forEach((name, content) -> expected.put(name, new FileRecord(content.length, Digest.of(content))));
        assertThat(walk(reader(SurveyFiles.write(files)))).isEqualTo(expected);
    }

    @Test
    void aSurveyWithoutManifestHasNone() throws IOException {
        assertThat(new ManifestReader(new MemoryStore(Map.of())).root()).isEmpty();
    }

    /** NIST's test vector for SHA-256. */
    @Test
    void digestsAreTheFirstHalfOfSha256() {
        Digest digest = Digest.of("abc".getBytes(StandardCharsets.US_ASCII));
        assertThat(digest).hasToString("ba7816bf8f01cfea414140de5dae2223");
        assertThat(Digest.parse(digest.toString())).contains(digest);
        for (String wrong : List.of("", "BA7816BF8F01CFEA414140DE5DAE2223", "ba78", "g".repeat(32), "0".repeat(33))) {
            assertThat(Digest.parse(wrong)).isEmpty();
        }
    }

    private static Page page(long... sizes) {
        Page page = new Page();
        for (int i = 0; i < sizes.length; i++) {
            page.put(10 * i, sizes[i], Digest.of(new byte[i]));
        }
        return page;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "7, 0, 0",
        "7, 1, 1",
        "7, 255, 1",
        "7, 256, 2",
        "7, 65535, 2",
        "7, 65536, 3",
        "7, 16777216, 4",
        "0, 4294967295, 4",
        "4294967295, 0, 0"
    })
    void sizesTakeAsFewBytesAsTheyCan(long least, long excess, int width) throws IOException {
        byte[] encoded = page(least + excess, least).encode();
        assertThat(encoded).hasSize(37 + 2 * (width + 16));
        assertThat(encoded[36]).isEqualTo((byte) width);
        Page read = Page.parse(encoded, 256, "page");
        assertThat(read.bytes(0)).isEqualTo(least + excess);
        assertThat(read.bytes(10)).isEqualTo(least);
    }

    /** Returns a page of two tiles with something else in place of some bytes. */
    private static byte[] spoilt(int at, int... bytes) {
        byte[] page = page(300, 5).encode();
        for (int i = 0; i < bytes.length; i++) {
            page[at + i] = (byte) bytes[i];
        }
        return page;
    }

    private static void assertRefused(ThrowingCallable reading, String... words) {
        assertThatThrownBy(reading)
                .isInstanceOf(MalformedDataException.class)
                .hasMessageStartingWith("'x'")
                .hasMessageContainingAll(words);
    }

    @Test
    void pagesThatAreNotAsTheyShouldBeAreRefused() {
        assertRefused(() -> Page.parse(new byte[37], 256, "x"), "more than 37 bytes", "37 bytes");
        assertRefused(() -> Page.parse(new byte[60], 256, "x"), "tiles in cells 0 to 255", "none");
        assertRefused(() -> Page.parse(page(300, 5).encode(), 10, "x"), "cells 0 to 9", "cell 10");
        assertRefused(() -> Page.parse(spoilt(0, 3), 256, "x"), "a page of 91 bytes", "73 bytes");
        assertRefused(() -> Page.parse(spoilt(36, 5), 256, "x"), "sizes of 0 to 4 bytes", "5");
        assertRefused(() -> Page.parse(spoilt(36, -1), 256, "x"), "sizes of 0 to 4 bytes", "-1");
        assertRefused(() -> Page.parse(spoilt(32, 255, 255, 255, 255), 256, "x"), "at most 4294967295 bytes");
        assertRefused(() -> Page.parse(spoilt(37, 0), 256, "x"), "shortest form");
        assertRefused(() -> Page.parse(spoilt(39, 0, 9), 256, "x"), "shortest form");
    }

    private static Written twoShards() throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        for (long cell : List.of(0L, 300L, 5000L)) {
            files.put(TREE.name(cell), new byte[(int) cell]);
        }
        return SurveyFiles.write(files);
    }

    private static Branch top(Written written) {
        return written.root().trees().getOrDefault(TREE, new Branch(new Digest(0, 0), 0, 0));
    }

    private static byte[] topNode(Written written) {
        return written.objects().getOrDefault(TREE.top().objectName(top(written).digest()), new byte[0]);
    }

    /** Reads a node that is what its name says, whatever that is. */
    private static Node parse(byte[] node, Place place, Branch said) throws IOException {
        return Node.parse(node, place, new Branch(Digest.of(node), said.tiles(), said.bytes()), "x");
    }

    @Test
    void nodesThatAreNotAsTheyShouldBeAreRefused() throws IOException {
        Written written = twoShards();
        Branch said = top(written);
        byte[] node = topNode(written);
        assertThat(parse(node, TREE.top(), said).children()).containsOnlyKeys(0, 1);
        assertRefused(
                () -> Node.parse(node, TREE.top(), new Branch(new Digest(1, 2), 3, 5300), "x"), "as its name says");
        assertRefused(() -> parse(Arrays.copyOf(node, 30), TREE.top(), said), "more than 32 bytes", "30 bytes");
        assertRefused(() -> parse(Arrays.copyOf(node, 90), TREE.top(), said), "a node of 96 bytes", "90 bytes");
        assertRefused(() -> parse(node, new Place(TREE, 1, 1), said), "the header of", "another");
        assertRefused(
                () -> parse(node, new TileTree(5, TileFormat.PNG, 1).top(), said),
                "the header of order 5 png channel 1");
        assertRefused(
                () -> parse(node, TREE.top(), new Branch(said.digest(), 2, 5300)),
                "2 tiles of 5300 bytes",
                "3 of 5300");
        assertRefused(() -> parse(node, TREE.top(), new Branch(said.digest(), 3, 5301)), "5301 bytes");
        assertRefused(() -> parse(node, TREE.top(), new Branch(said.digest(), 3, 5299)), "a sensible child 1");
        byte[] outside = node.clone();
        outside[24] = 0b1001;
        assertRefused(() -> parse(outside, TREE.top(), said), "a sensible child 3");
        assertRefused(() -> parse(withTiles(node, 0), TREE.top(), said), "a sensible child 0", "tiles=0");
        assertRefused(() -> parse(withTiles(node, -1), TREE.top(), said), "a sensible child 0", "tiles=-1");
        assertRefused(() -> parse(withTiles(node, 4097), TREE.top(), said), "a sensible child 0", "tiles=4097");
    }

    private static byte[] withTiles(byte[] node, long tiles) {
        byte[] changed = node.clone();
        ByteBuffer.wrap(changed).putLong(48, tiles);
        return changed;
    }

    private static ShardReading parseShard(byte[] shard, Branch said) throws IOException {
        return ShardReading.of(
                shard, Place.ofShard(TREE, 0), new Branch(Shard.digest(shard), said.tiles(), said.bytes()), "x");
    }

    @Test
    void damagedShardsTellWhatTheyStillCan() throws IOException {
        Written written = twoShards();
        Branch said = new Branch(new Digest(0, 0), 2, 300);
        byte[] shard = written.objects().entrySet().stream()
                .filter(o -> o.getKey().endsWith(".shard") && o.getValue().length > 420)
                .findFirst()
                .orElseThrow()
                .getValue();
        assertThat(parseShard(shard, said).defect()).isEmpty();
        byte[] flipped = shard.clone();
        flipped[shard.length - 1] ^= 1;
        ShardReading reading = parseShard(flipped, said);
        assertThat(reading.lost()).containsExactly(1);
        assertThat(reading.shard().pages()).containsOnlyKeys(0);
        assertThat(reading.defect())
                .hasValueSatisfying(d -> assertThat(d).hasMessageContaining("page 1 as its header says"));
        ShardReading longer = parseShard(Arrays.copyOf(shard, shard.length + 1), said);
        assertThat(longer.lost()).isEmpty();
        assertThat(longer.defect())
                .hasValueSatisfying(d -> assertThat(d).hasMessageContaining(shard.length + " bytes"));
        assertThat(parseShard(Arrays.copyOf(shard, 350), said).lost()).containsExactly(0, 1);
        assertThat(parseShard(shard, new Branch(said.digest(), 2, 301)).defect())
                .hasValueSatisfying(d -> assertThat(d).hasMessageContaining("2 of 300"));
        assertRefused(() -> parseShard(Arrays.copyOf(shard, 343), said), "a header of 344 bytes", "343 bytes");
        assertRefused(() -> ShardReading.of(flipped, Place.ofShard(TREE, 0), said, "x"), "a header as its name says");
        byte[] tooLong = shard.clone();
        ByteBuffer.wrap(tooLong).putInt(40, 5158);
        assertRefused(() -> parseShard(tooLong, said), "page 0 of sensible length", "5158");
        ByteBuffer.wrap(tooLong).putInt(40, -1);
        assertRefused(() -> parseShard(tooLong, said), "page 0 of sensible length", "-1");
    }

    @Test
    void objectsThatAreMissingOrTooLargeAreSaidSo() throws IOException {
        Written written = twoShards();
        Branch said = top(written);
        Map<String, byte[]> files = new HashMap<>();
        ManifestReader reader = new ManifestReader(new MemoryStore(files));
        assertThatThrownBy(() -> reader.node(TREE.top(), said))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContainingAll(TREE.top().objectName(said.digest()), "missing");
        files.put(TREE.top().objectName(said.digest()), new byte[2081]);
        assertThatThrownBy(() -> new ManifestReader(new MemoryStore(files)).node(TREE.top(), said))
                .isInstanceOf(TooLargeException.class);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a root with something else in its text, and the right digest. */
    private static byte[] rootWith(String from, String to) throws IOException {
        String text = new String(twoShardsAndFiles().root().toBytes(), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        return sealed(text.replace(from, to));
    }

    private static byte[] sealed(String text) {
        String start = text.substring(0, text.length() - 35);
        return text(start + Digest.of(text(start)) + "\"}\n");
    }

    private static Written twoShardsAndFiles() throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        files.put(TREE.name(0), new byte[1]);
        files.put(TREE.name(5000), new byte[1]);
        files.put("Moc.fits", new byte[2880]);
        files.put("properties", new byte[10]);
        return SurveyFiles.write(files);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hipsnode-manifest | other | format 'hipsnode-manifest', found other",
                "\"version\": 1 | \"version\": 2 | version 1, found 2: a newer hipsnode",
                "\"version\": 1 | \"version\": \"1\" | a number 'version'",
                "sha-256-128 | md5 | sha-256-128, found md5",
                "\"generation\": 1 | \"generation\": -1 | a number 'generation'",
                "\"generation\": 1 | \"generation\": 99999999999999999999 | JSON",
                "\"generation\": 1 | \"generation\": 1, \"parent\": \"xy\" | hexadecimal digits in 'parent'",
                "\"generation\": 1 | \"version\": 1 | Duplicate",
                "\"order\": 5 | \"order\": 30 | a number 'order' from 0 to 29",
                "\"order\": 5 | \"order\": 4294967301 | a number 'order' from 0 to 29",
                "\"extension\": \"png\" | \"extension\": \"gif\" | the extension of a tile's format, found 'gif'",
                "\"extension\": \"png\" | \"extension\": \"jpeg\" | the extension of a tile's format, found 'jpeg'",
                "\"channel\": 0 | \"channel\": 1000000 | a number 'channel' from 0 to 999999",
                "\"tiles\": 2 | \"tiles\": 0 | tiles in every tree",
                "\"tiles\": 2 | \"tiles\": 12289 | a number 'tiles' from 0 to 12288",
                "\"bytes\": 2880 | \"bytes\": -1 | a number 'bytes'",
                "\"bytes\": 2880 | \"bytes\": 2881 | content",
                "Moc.fits | ../Moc.fits | names that a survey's files may have, found '../Moc.fits'",
                "Moc.fits | /etc/passwd | names that a survey's files may have",
                "Moc.fits | a/../../b | names that a survey's files may have",
                "Moc.fits | .ssh/id | names that a survey's files may have",
                "Moc.fits | .hipsnode/manifest.json | names that a survey's files may have",
                "Moc.fits | properties | each file once, found 'properties' twice",
                "\"trees\": [ | \"trees\": [1, | objects in its arrays",
                "\"trees\": [ | \"trees\": 5, \"other\": [ | content",
                "{\"format\" | [{\"format\" | expected an object"
            })
    void hostileRootsAreRefused(String from, String to, String message) throws IOException {
        byte[] root = rootWith(from, to);
        assertRefused(() -> ManifestRoot.read(root, "x"), message);
    }

    @Test
    void membersThatNobodyKnowsYetArePassedOver() throws IOException {
        byte[] root =
                rootWith("\"generation\"", "\"signature\": {\"by\": [1, {}], \"x\": null}, \"n\": 1.5, \"generation\"");
        assertThat(ManifestRoot.read(root, "x").files()).containsOnlyKeys("Moc.fits", "properties");
    }

    @Test
    void aRootEndsWithItsOwnDigest() throws IOException {
        byte[] root = twoShardsAndFiles().root().toBytes();
        assertThat(new String(root, StandardCharsets.UTF_8))
                .endsWith(ManifestRoot.read(root, "x").digest() + "\"}\n");
        for (int length : new int[] {0, 1, 34, 35, 36, root.length - 1}) {
            assertRefused(() -> ManifestRoot.read(Arrays.copyOf(root, length), "x"), "its own digest");
        }
        for (int i = 0; i < root.length; i++) {
            byte[] flipped = root.clone();
            flipped[i] ^= 1;
            assertRefused(() -> ManifestRoot.read(flipped, "x"), "expected");
        }
    }

    /** Text that looks like parts of a root, in any sequence, with a digest that is right. */
    @Property(tries = 2000)
    void anyTextIsARootOrRefused(@ForAll("jsonLike") String text) {
        refusedOrRead(() -> ManifestRoot.read(sealed(text + "0".repeat(32) + "\"}\n"), "x"));
    }

    @Provide
    Arbitrary<String> jsonLike() {
        Arbitrary<String> pieces = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"trees\": [",
                "\"files\": [",
                "{\"order\": 3, \"extension\": \"png\", \"channel\": 0, \"tiles\": 1, \"bytes\": 1, \"digest\": \"\"}",
                "{\"name\": \"x\"}",
                "\"format\": \"hipsnode-manifest\"",
                "\"version\": 1",
                "1e999",
                "null",
                "\"",
                "\\u0000",
                "\ud83d\ude00");
        return Arbitraries.oneOf(pieces.list().ofMaxSize(20).map(list -> String.join("", list)), Arbitraries.strings());
    }

    @Property(tries = 2000)
    void anyBytesAreAPageOrRefused(@ForAll("changedPages") byte[] page, @ForAll int cells) {
        refusedOrRead(() -> Page.parse(page, Math.floorMod(cells, 257), "x"));
    }

    @Property(tries = 2000)
    void anyBytesAreANodeOrRefused(@ForAll("changedNodes") byte[] node) {
        refusedOrRead(() -> parse(node, TREE.top(), new Branch(Digest.of(node), 3, 5300)));
    }

    @Property(tries = 2000)
    void anyBytesAreAShardOrRefused(@ForAll("changedShards") byte[] shard) {
        refusedOrRead(() -> parseShard(shard, new Branch(Shard.digest(shard), 2, 300)));
    }

    private static void refusedOrRead(ThrowingCallable reading) {
        try {
            reading.call();
        } catch (MalformedDataException e) {
            assertThat(e).hasMessageStartingWith("'x");
        } catch (Throwable e) {
            throw new AssertionError("expected to be read or refused", e);
        }
    }

    @Provide
    Arbitrary<byte[]> changedPages() {
        return changed(page(300, 5, 7_000_000).encode());
    }

    @Provide
    Arbitrary<byte[]> changedNodes() throws IOException {
        return changed(topNode(twoShards()));
    }

    @Provide
    Arbitrary<byte[]> changedShards() throws IOException {
        Shard shard = new Shard(Place.ofShard(TREE, 0));
        shard.put(0, 0, Digest.of(new byte[0]));
        shard.put(300, 300, Digest.of(new byte[300]));
        return changed(shard.encode());
    }

    /** Returns good bytes with a few of them changed, and cut off or lengthened at times, or any bytes. */
    private static Arbitrary<byte[]> changed(byte[] good) {
        Arbitrary<byte[]> changed = Combinators.combine(
                        Arbitraries.integers()
                                .between(0, good.length - 1)
                                .list()
                                .ofMaxSize(4),
                        Arbitraries.bytes(),
                        Arbitraries.of(0, 0, 0, -1, 1, -20, 20))
                .as((places, value, more) -> {
                    byte[] bytes = Arrays.copyOf(good, good.length + more);
                    places.stream().filter(p -> p < bytes.length).forEach(p -> bytes[p] = value);
                    return bytes;
                });
        return Arbitraries.oneOf(
                changed, Arbitraries.bytes().array(byte[].class).ofMaxSize(500));
    }

    @Test
    void ourOwnNamesAreToldApart() {
        Digest digest = Digest.of(new byte[0]);
        String shard = new Place(TREE, 0, 0).objectName(digest);
        assertThat(shard).isEqualTo(".hipsnode/manifest/e3/e3b0c44298fc1c149afbf4c8996fb924.shard");
        assertThat(TREE.top().objectName(digest)).endsWith(".node");
        assertThat(ManifestName.isObject(shard)).isTrue();
        assertThat(List.of(shard, ManifestName.ROOT, ManifestName.PROVENANCE)).allMatch(ManifestName::isPublic);
        assertThat(List.of(
                        ".hipsnode",
                        ".hipsnode/state.json",
                        ".hipsnode/manifest/e3",
                        ".hipsnode/manifest/e4/e3b0c44298fc1c149afbf4c8996fb924.shard",
                        ".hipsnode/manifest/e3/e3b0c44298fc1c149afbf4c8996fb924.tmp",
                        "properties"))
                .noneMatch(ManifestName::isPublic);
    }
}
