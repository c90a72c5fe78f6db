package org.hipsnode.mirror.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.config.ConfigException;
import org.hipsnode.faults.HonestFolder;
import org.hipsnode.faults.LyingServer;
import org.hipsnode.faults.SmallSurvey;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.plan.MirrorPlan;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.mirror.transfer.Manners;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.progress.Progress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** For any two releases, what is planned and done makes exactly the new one of a copy of the old one. */
class ReleasePairsTest {
    private static final double PERCENT = 10;
    private static final Selection ALL = Selection.ALL;

    /**
     * A release.
     *
     * @param tiles cells of order 2
     * @param stumps cells of order 1 below which there is perhaps nothing
     * @param edition what pictures show: two releases with different numbers have other pictures where a cell's number says so
     */
    private record Tiles(Set<Integer> tiles, Set<Integer> stumps, int edition) {
        /** Every tile by its name, ancestors included. */
        Map<String, Integer> pictures() {
            Map<String, Integer> pictures = new TreeMap<>();
            tiles.forEach(cell -> addWithAncestors(2, cell, pictures));
            stumps.forEach(cell -> addWithAncestors(1, cell, pictures));
            return pictures;
        }

        private void addWithAncestors(int order, int cell, Map<String, Integer> pictures) {
            for (int o = order, c = cell; o >= 0; o--, c /= 4) {
                boolean renewed = (c + o) % 3 == edition % 3;
                pictures.put(SmallSurvey.name(o, c), 1000 * o + c + (renewed ? 5000 * edition : 0));
            }
        }

        Moc coverage() {
            Moc.Builder cells = new Moc.Builder(2);
            tiles.forEach(cell -> cells.add(2, cell));
            stumps.forEach(cell -> cells.add(1, cell));
            return cells.build();
        }
    }

    /** How the source tells of its files. */
    private enum Telling {
        MANIFEST,
        COVERAGE,
        NOTHING
    }

    /** The source in a folder, which takes one release after the other, and the mirror beside it. */
    private static final class Pair implements AutoCloseable {
        private final Path folder = Files.createTempDirectory("releases");
        private final Path origin = folder.resolve("www/small");
        private final Path copy = folder.resolve("copies/small");
        private final SmallSurvey survey = new SmallSurvey(origin);
        private final HonestFolder files = new HonestFolder(() -> folder.resolve("www"));
        private final LyingServer server = LyingServer.choosing(files);
        private final Telling telling;
        private final Map<String, Integer> shown = new HashMap<>();
        private int releases;

        Pair(Telling telling) throws IOException {
            this.telling = telling;
        }

        void release(Tiles tiles) throws IOException {
            Map<String, Integer> wanted = tiles.pictures();
            for (String name : new TreeSet<>(shown.keySet())) {
                if (!wanted.containsKey(name)) {
                    survey.delete(name);
                    shown.remove(name);
                }
            }
            for (Map.Entry<String, Integer> tile : wanted.entrySet()) {
                if (!tile.getValue().equals(shown.put(tile.getKey(), tile.getValue()))) {
                    survey.write(tile.getKey(), SmallSurvey.picture(tile.getValue()));
                }
            }
            if (telling != Telling.NOTHING) {
                survey.write("Moc.fits", MocFits.write(tiles.coverage(), 'C', MocFits.Encoding.NUNIQ));
            }
            releases++;
            String date = "2026-01-01T00:" + (10 + releases) + "Z";
            survey.dated(date, "public master clonable");
            if (telling == Telling.MANIFEST) {
                survey.listed(date);
            }
        }

        private Mirror mirror(Selection selection, boolean confirmed) {
            WebAddress address = WebAddress.parse(server.url("/small")).orElseThrow();
            Host host = Host.of(address, "test").with(Manners.usual("test").withTries(3));
            MirrorPolicy policy = new MirrorPolicy(PERCENT, confirmed, false, false);
            return new Mirror(
                    new MirrorRequest(host, copy, selection, Optional.empty(), policy),
                    new HttpFiles("test"),
                    Clock.systemUTC());
        }

        MirrorReport run(Selection selection, boolean confirmed) throws IOException, InterruptedException {
            return mirror(selection, confirmed).run(1, new Progress(System::nanoTime));
        }

        MirrorPlan plan(Selection selection) throws IOException {
            return mirror(selection, true).plan();
        }

        /** What a copy of a part of the source must hold: its tiles, and of the whole also the coverage, byte for byte. */
        Map<String, String> expected(Selection selection) throws IOException {
            Map<String, String> expected = SmallSurvey.files(origin);
            expected.keySet()
                    .removeIf(name -> TreeName.parse(name)
                            .filter(TreeName.Tile.class::isInstance)
                            .map(TreeName.Tile.class::cast)
                            .filter(tile -> !selection.has(tile.order(), tile.format())
                                    || !selection.touches(
                                            tile.order(), tile.address().index()))
                            .isPresent());
            if (selection.region().isPresent()) {
                expected.remove("Moc.fits");
            }
            return expected;
        }

        Map<String, String> found(Selection selection) throws IOException {
            Map<String, String> found = SmallSurvey.files(copy);
            if (selection.region().isPresent()) {
                found.remove("Moc.fits");
            }
            return found;
        }

        @Override
        public void close() throws IOException {
            server.close();
            AtomicFiles.deleteTree(folder);
        }
    }

    @Property(tries = 25)
    void thePlanAppliedToTheOldReleaseGivesTheNew(
            @ForAll("releases") Tiles before,
            @ForAll("releases") Tiles after,
            @ForAll("selections") Selection part,
            @ForAll Telling telling)
            throws IOException, InterruptedException {
        try (Pair pair = new Pair(telling)) {
            pair.release(before);
            pair.run(part, true);
            assertThat(pair.found(part)).isEqualTo(pair.expected(part));
            pair.release(after);
            MirrorPlan plan = pair.plan(part);
            long old = pair.found(part).size();
            MirrorReport report = pair.run(part, true);
            assertThat(pair.found(part)).isEqualTo(pair.expected(part));
            if (plan.knowledge() == MirrorPlan.Knowledge.MANIFEST) {
                assertThat(report.done().fetched()).isEqualTo(plan.fetched().files());
                assertThat(report.done().bytes()).isEqualTo(plan.fetched().bytes());
                assertThat(report.done().deleted()).isEqualTo(plan.deleted());
            }
            assertThat(report.done().deleted()).isLessThanOrEqualTo(old);
            assertThat(pair.run(part, false).result()).isEqualTo(MirrorReport.Result.UNCHANGED);
        }
    }

    @Property(tries = 15)
    void aCopyBecomesAnotherPartOfAnotherRelease(
            @ForAll("releases") Tiles before,
            @ForAll("releases") Tiles after,
            @ForAll("selections") Selection one,
            @ForAll("selections") Selection other,
            @ForAll Telling telling)
            throws IOException, InterruptedException {
        try (Pair pair = new Pair(telling)) {
            pair.release(before);
            pair.run(one, true);
            pair.release(after);
            pair.run(other, true);
            assertThat(pair.found(other)).isEqualTo(pair.expected(other));
        }
    }

    @Property(tries = 25)
    void noRunDeletesMoreThanTheCap(
            @ForAll("releases") Tiles before, @ForAll("releases") Tiles after, @ForAll Telling telling)
            throws IOException, InterruptedException {
        try (Pair pair = new Pair(telling)) {
            pair.release(before);
            pair.run(ALL, true);
            Map<String, String> old = SmallSurvey.files(pair.copy);
            String oldList = Files.readString(pair.copy.resolve("properties"), StandardCharsets.UTF_8);
            pair.release(after);
            long gone = old.keySet().stream()
                    .filter(name -> !pair.shown.containsKey(name) && name.startsWith("Norder"))
                    .count();
            if (gone * 100.0 > PERCENT * (old.size() + 1)) {
                assertThatThrownBy(() -> pair.run(ALL, false))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining(" of the " + (old.size() + 1) + " files here no more");
                assertThat(SmallSurvey.files(pair.copy)).isEqualTo(old);
                assertThat(pair.copy.resolve("properties")).hasContent(oldList);
            } else {
                assertThat(pair.run(ALL, false).done().deleted()).isEqualTo(gone);
                assertThat(SmallSurvey.files(pair.copy)).isEqualTo(pair.expected(ALL));
            }
        }
    }

    @Provide
    Arbitrary<Tiles> releases() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40).set().ofMinSize(1).ofMaxSize(25),
                        Arbitraries.integers().between(0, 47).set().ofMaxSize(3),
                        Arbitraries.integers().between(0, 5))
                .as(Tiles::new);
    }

    @Provide
    Arbitrary<Selection> selections() {
        Arbitrary<Optional<Moc>> regions = Arbitraries.integers()
                .between(0, 191)
                .set()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(ReleasePairsTest::region)
                .optional(0.5);
        Arbitrary<Selection> parts = Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of(Set.<TileFormat>of(), Set.of(TileFormat.PNG)),
                        regions)
                .as(Selection::new);
        return Arbitraries.oneOf(Arbitraries.just(ALL), parts);
    }

    private static Moc region(Set<Integer> cells) {
        Moc.Builder region = new Moc.Builder(3);
        cells.forEach(cell -> region.add(3, 4L * cell + 1));
        return region.build();
    }
}
