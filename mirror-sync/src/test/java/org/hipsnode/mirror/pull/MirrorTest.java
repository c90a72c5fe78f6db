package org.hipsnode.mirror.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hipsnode.check.Finding;
import org.hipsnode.check.ManifestCheck;
import org.hipsnode.config.ConfigException;
import org.hipsnode.faults.HonestFolder;
import org.hipsnode.faults.LyingServer;
import org.hipsnode.faults.SmallSurvey;
import org.hipsnode.healpix.Cone;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.mirror.plan.MirrorPlan;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.pull.MirrorReport.Result;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.mirror.transfer.Manners;
import org.hipsnode.moc.Moc;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.store.FolderStore;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorTest {
    private static final String FIRST = "2026-01-01T00:00Z";
    private static final String SECOND = "2026-02-01T00:00Z";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path temporary;

    private Path origin;
    private Path copy;
    private SmallSurvey survey;
    private final HonestFolder honest = new HonestFolder(() -> temporary.resolve("www"));
    private LyingServer server;
    private Consumer<String> before = path -> {};

    /** The end of the path of a file that the server cannot read. */
    private Optional<String> broken = Optional.empty();

    @BeforeEach
    void serve() throws IOException {
        origin = temporary.resolve("www/small");
        copy = temporary.resolve("copies/small");
        survey = new SmallSurvey(origin).whole(FIRST);
        server = LyingServer.choosing(request -> {
            before.accept(request.path());
            return broken.filter(request.path()::endsWith).isPresent()
                    ? LyingServer.answer(500, "")
                    : honest.to(request);
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private MirrorRequest request() {
        WebAddress address = WebAddress.parse(server.url("/small")).orElseThrow();
        Host host = Host.of(address, "test").with(Manners.usual("test").withTries(1));
        return MirrorRequest.of(host, copy);
    }

    private Mirror mirror(MirrorRequest request) {
        return new Mirror(request, new HttpFiles("test"), CLOCK);
    }

    private MirrorReport run(MirrorRequest request) throws IOException, InterruptedException {
        server.forget();
        return mirror(request).run(2, new Progress(System::nanoTime));
    }

    private static MirrorRequest part(MirrorRequest whole, Selection selection) {
        return new MirrorRequest(whole.host(), whole.folder(), selection, whole.here(), whole.policy());
    }

    private static MirrorRequest with(MirrorRequest usual, MirrorPolicy policy) {
        return new MirrorRequest(usual.host(), usual.folder(), usual.selection(), usual.here(), policy);
    }

    private HipsProperties properties() throws IOException {
        return HipsProperties.parse(Files.readAllBytes(copy.resolve("properties")), "properties");
    }

    private ManifestRoot manifest(Path folder) throws IOException {
        return new ManifestReader(new FolderStore(folder)).root().orElseThrow();
    }

    private void copyIsWhole() throws IOException {
        assertThat(SmallSurvey.files(copy)).isEqualTo(SmallSurvey.files(origin));
        List<Finding> findings = new ArrayList<>();
        ManifestCheck.check(copy, 1, new Progress(System::nanoTime), findings::add);
        assertThat(findings).isEmpty();
    }

    private void make(boolean listed, String date) throws IOException {
        survey.dated(date, "public master clonableOnce");
        if (listed) {
            survey.listed(date);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFirstCopyHasEveryFileAndSaysThatItIsAMirror(boolean listed) throws IOException, InterruptedException {
        make(listed, FIRST);
        MirrorReport report = run(request());
        assertThat(report.result()).isEqualTo(Result.PUBLISHED);
        assertThat(report.done().fetched()).isEqualTo(253);
        assertThat(properties().value("hips_status")).contains("public mirror unclonable");
        assertThat(properties().value("hips_release_date")).contains(FIRST);
        assertThat(properties().value("moc_access_url")).isEmpty();
        copyIsWhole();
        if (listed) {
            assertThat(manifest(copy).trees()).isEqualTo(manifest(origin).trees());
        }
    }

    @Test
    void listsOfProgenitorsComeToo() throws IOException, InterruptedException {
        String list = "HpxFinder/Norder2/Dir0/Npix7";
        survey.write(list, "{\"name\":\"a\"}\n".getBytes(StandardCharsets.UTF_8))
                .write("HpxFinder/metadata.xml", "<VOTABLE/>".getBytes(StandardCharsets.UTF_8));
        make(true, FIRST);
        run(request());
        assertThat(copy.resolve(list)).hasContent("{\"name\":\"a\"}");
        copyIsWhole();
        survey.write(list, "{\"name\":\"b\"}\n".getBytes(StandardCharsets.UTF_8));
        make(true, SECOND);
        assertThat(run(request()).done().fetched()).isEqualTo(1);
        assertThat(copy.resolve(list)).hasContent("{\"name\":\"b\"}");
        copyIsWhole();
    }

    private void damageRoot(boolean cut) throws IOException {
        Path root = origin.resolve(ManifestName.ROOT);
        byte[] whole = Files.readAllBytes(root);
        byte[] damaged = cut ? Arrays.copyOf(whole, whole.length / 2) : new byte[] {0, 1, 2, (byte) 0xff};
        Files.write(root, damaged);
    }

    private static void tellsOfDamage(List<Finding> findings) {
        assertThat(findings)
                .anySatisfy(finding -> assertThat(finding.toString())
                        .startsWith("WARNING " + ManifestName.ROOT + ": the origin's manifest cannot be read"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDamagedManifestIsToldEachTimeAndUsedAgainOnceItIsMadeAnew(boolean cut)
            throws IOException, InterruptedException {
        make(true, FIRST);
        damageRoot(cut);
        tellsOfDamage(mirror(request()).plan().warnings());
        MirrorReport report = run(request());
        assertThat(report.result()).isEqualTo(Result.PUBLISHED);
        tellsOfDamage(report.findings());
        assertThat(SmallSurvey.files(copy)).isEqualTo(SmallSurvey.files(origin));

        MirrorReport unchanged = run(request());
        assertThat(unchanged.result()).isEqualTo(Result.UNCHANGED);
        tellsOfDamage(unchanged.aboutSource());
        assertThat(server.targets()).containsExactly("/small/properties", "/small/" + ManifestName.ROOT);
        tellsOfDamage(mirror(request()).plan().warnings());

        make(true, FIRST);
        MirrorReport whole = run(request());
        assertThat(whole.result()).isEqualTo(Result.PUBLISHED);
        assertThat(whole.aboutSource()).isEmpty();
        assertThat(whole.done().requests()).isZero();
        assertThat(run(request()).result()).isEqualTo(Result.UNCHANGED);
        assertThat(server.targets()).containsExactly("/small/" + ManifestName.ROOT);
        copyIsWhole();
    }

    @Test
    void aManifestThatIsDamagedLaterOrTakenAwayLeavesTheCopyAsItIs() throws IOException, InterruptedException {
        make(true, FIRST);
        run(request());
        damageRoot(true);
        assertThat(mirror(request()).plan().why()).isEqualTo(MirrorPlan.Why.KNOWLEDGE);
        MirrorReport asked = run(request());
        tellsOfDamage(asked.aboutSource());
        assertThat(asked.done().fetched()).isZero();
        survey.delete(ManifestName.ROOT);
        assertThat(run(request()).aboutSource()).isEmpty();
        assertThat(run(request()).result()).isEqualTo(Result.UNCHANGED);
        assertThat(server.targets()).containsExactly("/small/properties");
        copyIsWhole();
    }

    /** As of servers that give nobody what begins with a dot. */
    @Test
    void aManifestThatNobodyMayHaveIsNone() throws IOException, InterruptedException {
        make(true, FIRST);
        server.tell("/small/" + ManifestName.ROOT, LyingServer.answer(403, "no"));
        MirrorReport report = run(request());
        assertThat(report.result()).isEqualTo(Result.PUBLISHED);
        assertThat(report.aboutSource()).isEmpty();
        assertThat(run(request()).result()).isEqualTo(Result.UNCHANGED);
        copyIsWhole();
    }

    /** As of servers that have one page for all they do not have. */
    @Test
    void aPageInPlaceOfAManifestIsNone() throws IOException, InterruptedException {
        make(false, FIRST);
        Path root = origin.resolve(ManifestName.ROOT);
        Files.createDirectories(root.getParent());
        Files.writeString(root, "<!DOCTYPE html><title>Not here</title>");
        MirrorReport report = run(request());
        assertThat(report.result()).isEqualTo(Result.PUBLISHED);
        assertThat(report.findings()).noneMatch(finding -> finding.object().equals(ManifestName.ROOT));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereNothingHasChangedOneRequestIsEnough(boolean listed) throws IOException, InterruptedException {
        make(listed, FIRST);
        run(request());
        assertThat(run(request()).result()).isEqualTo(Result.UNCHANGED);
        assertThat(server.targets()).hasSize(1);
        MirrorPlan plan = mirror(request()).plan();
        assertThat(server.targets()).as("that of the run, and one of the plan").hasSize(2);
        assertThat(plan.why()).isEqualTo(MirrorPlan.Why.NOTHING);
        assertThat(plan.changesNothing()).isTrue();
        assertThat(plan.asked()).isZero();
        assertThat(plan.kept().files()).as("properties too").isEqualTo(254);
        copyIsWhole();
    }

    @Test
    void ofAListedSurveyOnlyChangedFilesAreFetched() throws IOException, InterruptedException {
        make(true, FIRST);
        run(request());
        survey.write(SmallSurvey.TILE, SmallSurvey.picture(5000)).delete(SmallSurvey.name(2, 9));
        make(true, SECOND);
        MirrorReport report = run(request());
        assertThat(report.result()).isEqualTo(Result.PUBLISHED);
        assertThat(report.done().fetched()).isEqualTo(1);
        assertThat(report.done().deleted()).isEqualTo(1);
        assertThat(server.targets())
                .filteredOn(path -> path.endsWith(".png"))
                .containsExactly("/small/" + SmallSurvey.TILE);
        assertThat(server.targets()).hasSizeLessThan(8);
        copyIsWhole();
        assertThat(manifest(copy).trees()).isEqualTo(manifest(origin).trees());
        assertThat(manifest(copy).head().generation()).isEqualTo(2);
    }

    @Test
    void ofAPlainSurveyDeletedAndChangedTilesAreFollowed() throws IOException, InterruptedException {
        run(request());
        survey.write(SmallSurvey.TILE, SmallSurvey.picture(5000)).delete(SmallSurvey.name(2, 9));
        make(false, SECOND);
        MirrorReport report = run(request());
        assertThat(report.result()).isEqualTo(Result.PUBLISHED);
        assertThat(report.done().fetched()).isEqualTo(1);
        assertThat(report.done().deleted()).isEqualTo(1);
        assertThat(server.targets()).startsWith("/small/properties");
        assertThat(server.targets()).filteredOn(t -> t.contains("Npix")).doesNotHaveDuplicates();
        copyIsWhole();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void requestsForAListedSurveyAreInProportionToItsChanges(int changed) throws IOException, InterruptedException {
        make(true, FIRST);
        run(request());
        for (int index = 0; index < changed; index++) {
            survey.write(SmallSurvey.name(2, index), SmallSurvey.picture(5000 + index));
        }
        make(true, SECOND);
        assertThat(run(request()).done().fetched()).isEqualTo(changed);
        assertThat(server.requests()).hasSizeBetween(changed + 1, changed + 8);
        copyIsWhole();
    }

    @Test
    void aPlainSurveyOfTheSameReleaseIsAskedForTilesOnlyOnDemand() throws IOException, InterruptedException {
        run(request());
        survey.write(SmallSurvey.TILE, SmallSurvey.picture(5000));
        assertThat(run(request()).result()).isEqualTo(Result.UNCHANGED);
        run(with(request(), new MirrorPolicy(10, false, true, false)));
        copyIsWhole();
    }

    @Test
    void filesOfAServerThatTellsNoTimesAreAskedForByTheirTags() throws IOException, InterruptedException {
        honest.tellTagsOnly();
        run(request());
        assumeTrue(FileTag.of(copy.resolve(SmallSurvey.TILE)).isPresent(), "no attributes of files here: skipped");
        survey.write(SmallSurvey.TILE, SmallSurvey.picture(5000));
        make(false, SECOND);
        MirrorReport report = run(request());
        assertThat(report.done().fetched()).as("the tile").isEqualTo(1);
        copyIsWhole();
        make(false, "2026-02-03T00:00Z");
        assertThat(run(request()).done().fetched())
                .as("tags go with files that are kept")
                .isZero();
        copyIsWhole();
    }

    @Test
    void anotherTitleComesWithoutAskingForTiles() throws IOException, InterruptedException {
        run(request());
        String list = Files.readString(origin.resolve("properties"));
        survey.write("properties", list.replace("Small", "Tiny").getBytes(StandardCharsets.UTF_8));
        assertThat(run(request()).result()).isEqualTo(Result.PUBLISHED);
        assertThat(properties().value("obs_title")).contains("Tiny");
        assertThat(server.targets()).filteredOn(path -> path.contains("/Dir")).isEmpty();
        copyIsWhole();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunThatWouldDeleteMuchIsRefused(boolean listed) throws IOException, InterruptedException {
        make(listed, FIRST);
        run(request());
        for (int index = 100; index < 150; index++) {
            survey.delete(SmallSurvey.name(2, index));
        }
        make(listed, SECOND);
        assertThatThrownBy(() -> run(request()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("50 of the 254 files")
                .hasMessageContaining("--yes");
        assertThat(properties().value("hips_release_date")).contains(FIRST);
        assertThat(run(with(request(), new MirrorPolicy(10, true, false, false)))
                        .result())
                .isEqualTo(Result.PUBLISHED);
        copyIsWhole();
    }

    @Test
    void aFileThatTheManifestTellsOfAndIsNotThereIsNamed() throws IOException, InterruptedException {
        make(true, FIRST);
        survey.delete(SmallSurvey.TILE);
        MirrorReport report = run(request());
        assertThat(report.result()).isEqualTo(Result.INCOMPLETE);
        assertThat(report.missing()).singleElement().asString().startsWith(SmallSurvey.TILE);
        assertThat(copy).doesNotExist();
        survey.write(SmallSurvey.TILE, SmallSurvey.picture(2007));
        MirrorReport next = run(request());
        assertThat(next.result()).isEqualTo(Result.PUBLISHED);
        assertThat(next.done().fetched()).isEqualTo(1);
        copyIsWhole();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAStoppedRunHadFetchedAndTheSourceHasNoMoreIsNotPublished(boolean listed)
            throws IOException, InterruptedException {
        make(listed, FIRST);
        broken = Optional.of(SmallSurvey.name(2, 100));
        assertThat(run(request()).result()).isEqualTo(Result.INCOMPLETE);
        broken = Optional.empty();
        survey.delete(SmallSurvey.name(2, 20));
        make(listed, SECOND);
        assertThat(run(request()).result()).isEqualTo(Result.PUBLISHED);
        copyIsWhole();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReleaseThatComesDuringTheCopyIsTheOneThatIsPublished(boolean listed)
            throws IOException, InterruptedException {
        make(listed, FIRST);
        AtomicInteger tiles = new AtomicInteger();
        before = path -> {
            if (path.endsWith(".png") && tiles.incrementAndGet() == 100) {
                nextRelease(listed);
            }
        };
        assertThat(run(request()).result()).isEqualTo(Result.PUBLISHED);
        assertThat(properties().value("hips_release_date")).contains(SECOND);
        copyIsWhole();
    }

    /** As at the end of a mirror's hours. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunThatIsCalledOffIsGoneOnWith(boolean listed) throws IOException, InterruptedException {
        make(listed, FIRST);
        Progress calledOff = new Progress(System::nanoTime);
        AtomicInteger tiles = new AtomicInteger();
        before = path -> {
            if (path.endsWith(".png") && tiles.incrementAndGet() == 150) {
                calledOff.cancel();
            }
        };
        assertThatThrownBy(() -> mirror(request()).run(2, calledOff)).isInstanceOf(CancellationException.class);
        assertThat(copy).doesNotExist();
        before = path -> {};
        MirrorReport report = run(request());
        assertThat(report.result()).isEqualTo(Result.PUBLISHED);
        // the first 60 at least; a plain source is asked whether they are still the same
        assertThat(report.done().fetched()).isBetween(1L, 193L);
        copyIsWhole();
    }

    private void nextRelease(boolean listed) {
        try {
            survey.write(SmallSurvey.name(0, 3), SmallSurvey.picture(7000));
            survey.write(SmallSurvey.name(2, 190), SmallSurvey.picture(7001));
            make(listed, SECOND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatMustNotBeCopiedIsNot() throws IOException {
        survey.dated(FIRST, "public master unclonable");
        assertThatThrownBy(() -> run(request()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must not be mirrored");
        assertThat(copy).doesNotExist();
    }

    @Test
    void anAddressWithoutSurveyIsRefused() throws IOException {
        survey.delete("properties");
        assertThatThrownBy(() -> run(request())).hasMessageContaining("found no properties there");
    }

    @Test
    void aFolderOfAnotherSurveyIsLeftAlone() throws IOException {
        Files.createDirectories(copy);
        Files.writeString(copy.resolve("properties"), "creator_did = ivo://test.org/P/other\n");
        assertThatThrownBy(() -> run(request()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("choose another folder");
    }

    @Test
    void aMasterIsReplacedOnlyWhereThatIsConfirmed() throws IOException, InterruptedException {
        make(true, FIRST);
        SmallSurvey adopted = new SmallSurvey(copy).whole(FIRST).delete(SmallSurvey.TILE);
        adopted.write("orphan.txt", new byte[] {1});
        assertThatThrownBy(() -> run(request())).hasMessageContaining("calls itself a master");
        MirrorReport report = run(with(request(), new MirrorPolicy(10, true, false, false)));
        assertThat(report.done().fetched()).isEqualTo(1);
        assertThat(report.done().deleted()).isEqualTo(1);
        copyIsWhole();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void damageIsRepairedByFetchingWhatIsDamaged(boolean listed) throws IOException, InterruptedException {
        make(listed, FIRST);
        run(request());
        Files.delete(copy.resolve(SmallSurvey.TILE));
        Files.write(copy.resolve(SmallSurvey.name(1, 4)), SmallSurvey.picture(1));
        Files.writeString(copy.resolve("stray"), "x");
        server.forget();
        MirrorReport report = mirror(request())
                .repair(Set.of(SmallSurvey.TILE, SmallSurvey.name(1, 4), "stray"), 2, new Progress(System::nanoTime));
        assertThat(report.result()).isEqualTo(Result.PUBLISHED);
        assertThat(server.targets()).filteredOn(path -> path.contains("/Dir")).hasSize(2);
        copyIsWhole();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPartSaysWhatIsReallyThere(boolean listed) throws IOException, InterruptedException {
        make(listed, FIRST);
        Moc cone = Moc.touching(Cone.around(SkyPoint.ofDegrees(10, 20), 0.05), 11);
        MirrorRequest part = part(request(), new Selection(0, 1, Set.of(), Optional.of(cone)));
        assertThat(run(part).result()).isEqualTo(Result.PUBLISHED);
        long tiles = cone.countTouchedCells(0) + cone.countTouchedCells(1);
        assertThat(SmallSurvey.files(copy)).hasSize((int) tiles + 1);
        HipsProperties list = properties();
        assertThat(list.value("hips_status")).contains("public partial unclonable");
        assertThat(list.value("hips_order")).contains("1");
        assertThat(list.value("hips_nb_tiles")).contains(Long.toString(tiles));
        double fraction = Double.parseDouble(list.value("moc_sky_fraction").orElseThrow());
        assertThat(fraction * 48).isBetween(cone.countTouchedCells(1) - 0.01, cone.countTouchedCells(1) + 0.01);
        assertThat(run(part).result()).isEqualTo(Result.UNCHANGED);
        assertThat(run(request()).result()).isEqualTo(Result.PUBLISHED);
        copyIsWhole();
        assertThat(properties().value("hips_status")).contains("public mirror unclonable");
    }

    @Test
    void aPlanIsTheWorkThatWouldBeDone() throws IOException, InterruptedException {
        make(true, FIRST);
        MirrorPlan first = mirror(request()).plan();
        assertThat(first.why()).isEqualTo(MirrorPlan.Why.FIRST);
        assertThat(first.fetched().files()).isEqualTo(253);
        assertThat(copy).doesNotExist();
        assertThat(temporary.resolve("copies/.small.hipsnode")).doesNotExist();
        MirrorReport report = run(request());
        assertThat(report.done().bytes()).isEqualTo(first.fetched().bytes());
        assertThat(mirror(request()).plan().changesNothing()).isTrue();
    }

    @Test
    void aCatalogueIsFollowedDownWhereItGoesOn() throws IOException, InterruptedException {
        for (String name : SmallSurvey.files(origin).keySet()) {
            survey.delete(name);
        }
        survey.write("properties", """
                creator_did = ivo://test.org/C/cat
                obs_title = Cat
                hips_version = 1.4
                hips_release_date = 2026-01-01T00:00Z
                hips_status = public master clonable
                hips_frame = equatorial
                hips_order = 3
                hips_order_min = 1
                hips_tile_format = tsv
                dataproduct_type = catalog
                """.getBytes(StandardCharsets.UTF_8));
        table(1, 5, "# Completeness = 2 / 9");
        table(2, 21, "# Completeness = 4 / 4");
        table(2, 22, "# Completeness = 2 / 5");
        table(3, 88, "# Completeness = 5 / 5");
        survey.write("metadata.xml", "<VOTABLE/>".getBytes(StandardCharsets.UTF_8));
        assertThat(run(request()).result()).isEqualTo(Result.PUBLISHED);
        copyIsWhole();
        String third = TreeName.folder(3) + "/Dir";
        // the four below 2/22; none below 2/21, which says that it is the end
        assertThat(server.targets()).filteredOn(path -> path.contains(third)).hasSize(4);
    }

    private void table(int order, long index, String completeness) throws IOException {
        survey.write(
                TreeName.tile(new TileAddress(order, index), TileFormat.TSV).toString(),
                (completeness + "\nra\tdec\n1\t2\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void withoutCoverageTilesAreLookedForBelowOthers() throws IOException, InterruptedException {
        survey.delete("Moc.fits");
        for (int index = 0; index < 192; index++) {
            if (index / 16 != 3) {
                survey.delete(SmallSurvey.name(2, index));
            }
            if (index < 48 && index / 4 != 3) {
                survey.delete(SmallSurvey.name(1, index));
            }
        }
        assertThat(run(request()).result()).isEqualTo(Result.PUBLISHED);
        copyIsWhole();
        assertThat(server.targets())
                .filteredOn(path -> path.contains(TreeName.folder(2) + "/Dir"))
                .hasSize(16);
    }

    /** As of an excerpt of a survey, whose first orders are missing though it does not say so. */
    @Test
    void whereNothingTellsOfTilesTheFirstFormatThatHasSomeTellsOfTheOthers() throws IOException, InterruptedException {
        for (String name : SmallSurvey.files(origin).keySet()) {
            if (!name.equals(SmallSurvey.TILE) && !name.equals(SmallSurvey.name(2, 100))) {
                survey.delete(name);
            }
        }
        say("hips_tile_format = png", "hips_tile_format = png jpeg");
        assertThat(run(request()).result()).isEqualTo(Result.PUBLISHED);
        assertThat(server.targets())
                .filteredOn(path -> path.contains(TreeName.folder(2) + "/Dir"))
                .hasSize(192 + 2);
        copyIsWhole();
    }

    @Test
    void aSourceWithoutTilesIsNotAskedForMillions() throws IOException, InterruptedException {
        for (String name : SmallSurvey.files(origin).keySet()) {
            survey.delete(name);
        }
        say("hips_order = 2", "hips_order = 12");
        say("hips_order_min = 0", "hips_order_min = 7");
        MirrorReport report = run(request());
        assertThat(report.result()).isEqualTo(Result.INCOMPLETE);
        assertThat(report.missing()).hasSize(6).first().asString().startsWith("Norder7: no tile of an order before");
        assertThat(server.requests()).hasSizeLessThan(40);
        assertThat(copy).doesNotExist();
    }

    private void say(String line, String instead) throws IOException {
        String list = Files.readString(origin.resolve("properties"));
        survey.write("properties", list.replace(line, instead).getBytes(StandardCharsets.UTF_8));
    }
}
