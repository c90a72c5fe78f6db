package org.hipsnode.mirror.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.manifest.Branch;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.ManifestWriter;
import org.hipsnode.manifest.TileTree;
import org.hipsnode.manifest.TileWalk;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.plan.TreePlan;
import org.hipsnode.moc.Moc;
import org.hipsnode.store.MemoryStore;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.junit.jupiter.api.Test;

class ManifestDifferenceTest {
    private static final Selection SOME_SKY = new Selection(
            0,
            29,
            java.util.Set.of(),
            Optional.of(new Moc.Builder(3).add(3, 5).add(3, 200).add(1, 30).build()));

    /** A release: names of tiles and their contents, with the manifest that is made of them. */
    private record Release(Map<String, Integer> tiles, MemoryStore store, ManifestRoot root) {

        static Release of(Map<String, Integer> tiles) throws IOException {
            Map<String, byte[]> objects = new HashMap<>();
            ManifestWriter writer = new ManifestWriter(objects::put);
            for (Map.Entry<String, Integer> tile : tiles.entrySet()) {
                writer.add(tile.getKey(), content(tile.getValue()));
            }
            ManifestRoot root = writer.finish(Optional.empty(), Optional.empty(), Optional.empty());
            return new Release(tiles, new MemoryStore(objects), root);
        }

        private static byte[] content(int number) {
            return new byte[] {(byte) number, (byte) (number >> 8), 7};
        }

        ManifestReader reader() {
            return new ManifestReader(store);
        }
    }

    @Provide
    Arbitrary<Map<String, Integer>> releases() {
        Arbitrary<String> names = Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.longs().between(0, 1 << 20),
                        Arbitraries.of(TileFormat.PNG, TileFormat.FITS),
                        Arbitraries.integers().between(0, 1))
                .as((order, index, format, channel) -> new TreeName.Tile(
                                new TileAddress(order, index % HealpixGrid.pixelCount(order)), channel, format)
                        .toString());
        return Arbitraries.maps(names, Arbitraries.integers().between(0, 5)).ofMaxSize(60);
    }

    @Property
    void aPlanAppliedToTheOldReleaseGivesTheNew(
            @ForAll("releases") Map<String, Integer> old,
            @ForAll("releases") Map<String, Integer> added,
            @ForAll java.util.Random chance)
            throws IOException {
        Map<String, Integer> next = new TreeMap<>(old);
        next.keySet().removeIf(name -> chance.nextInt(4) == 0);
        next.replaceAll((name, content) -> chance.nextInt(4) == 0 ? content + 1 : content);
        next.putAll(added);
        Release here = Release.of(old);
        Release there = Release.of(next);
        assertThat(applied(there, here, Selection.ALL)).isEqualTo(next);
        assertThat(applied(here, there, Selection.ALL)).isEqualTo(new TreeMap<>(old));
    }

    @Property
    void aPlanForAPartGivesThatPart(
            @ForAll("releases") Map<String, Integer> old, @ForAll("releases") Map<String, Integer> next)
            throws IOException {
        Map<String, Integer> part = new TreeMap<>(next);
        part.keySet().removeIf(name -> {
            TreeName.Tile tile = (TreeName.Tile) TreeName.parse(name).orElseThrow();
            return !SOME_SKY.touches(tile.order(), tile.address().index());
        });
        assertThat(applied(Release.of(next), Release.of(old), SOME_SKY)).isEqualTo(part);
    }

    /** Does what a plan says to the tiles here, with the contents there. */
    private static Map<String, Integer> applied(Release there, Release here, Selection selection) throws IOException {
        Map<String, Integer> result = new TreeMap<>();
        List<TreePlan> plans = new ManifestDifference(there.reader(), here.reader(), selection)
                .plan(there.root, Optional.of(here.root));
        for (TreePlan plan : plans) {
            apply(plan, there, here, result);
        }
        return result;
    }

    private static void apply(TreePlan plan, Release there, Release here, Map<String, Integer> result)
            throws IOException {
        TileTree tree = plan.tree();
        long[] kept = {0};
        Optional<Branch> mine = Optional.ofNullable(here.root.trees().get(tree));
        if (mine.isPresent()) {
            TileWalk.walk(here.reader(), tree, mine.get(), (cell, record) -> {
                if (plan.keeps(cell)) {
                    kept[0]++;
                    result.put(tree.name(cell), here.tiles.get(tree.name(cell)));
                }
            });
        }
        plan.fetch()
                .forEachTouchedCell(
                        tree.order(), (order, cell) -> result.put(tree.name(cell), there.tiles.get(tree.name(cell))));
        assertThat(plan.kept().files()).isEqualTo(kept[0]);
        assertThat(plan.fetched().files()).isEqualTo(plan.fetch().countTouchedCells(tree.order()));
        assertThat(plan.fetched().bytes()).isEqualTo(3 * plan.fetched().files());
        long tilesHere = mine.map(Branch::tiles).orElse(0L);
        assertThat(plan.deleted()).isEqualTo(tilesHere - kept[0] - plan.changed());
    }

    @Test
    void equalReleasesAreNotLookedInto() throws IOException {
        Release release = Release.of(
                Map.of(TreeName.tile(new TileAddress(7, 12345), TileFormat.PNG).toString(), 1));
        ManifestReader blind = new ManifestReader(new MemoryStore(Map.of()));
        List<TreePlan> plans =
                new ManifestDifference(blind, blind, Selection.ALL).plan(release.root, Optional.of(release.root));
        assertThat(plans)
                .singleElement()
                .satisfies(plan -> assertThat(plan.changesNothing()).isTrue());
    }

    @Test
    void whatADamagedManifestHereCannotTellIsFetched() throws IOException {
        FileRecord record = new FileRecord(3, Digest.of(Release.content(1)));
        Release release = Release.of(
                Map.of(TreeName.tile(new TileAddress(7, 12345), TileFormat.PNG).toString(), 1));
        Release other = Release.of(
                Map.of(TreeName.tile(new TileAddress(7, 12345), TileFormat.PNG).toString(), 2));
        ManifestReader damaged = new ManifestReader(new MemoryStore(Map.of()));
        List<TreePlan> plans = new ManifestDifference(release.reader(), damaged, Selection.ALL)
                .plan(release.root, Optional.of(other.root));
        assertThat(plans)
                .singleElement()
                .satisfies(plan -> assertThat(plan.fetched().bytes()).isEqualTo(record.bytes()));
    }
}
