package org.hipsnode.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FolderPublicationTest {
    private static final int FILES = 20;

    @TempDir
    Path folder;

    private Path survey;

    @BeforeEach
    void chooseAFolder() {
        survey = folder.resolve("survey");
    }

    private static void publish(Path survey, int release) throws IOException {
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            writeAll(publication, release);
            publication.commit();
        }
    }

    /** Writes files whose content is the number of the release, and one that only this release has. */
    private static void writeAll(FolderPublication publication, int release) throws IOException {
        for (int i = 0; i < FILES; i++) {
            publication.write(tile(i), bytes(release));
        }
        publication.write("only" + release, bytes(release));
        publication.write("properties", bytes(release));
    }

    private static String tile(int i) {
        return "Norder3/Dir" + i + "/Npix" + i + ".fits";
    }

    private static byte[] bytes(int release) {
        return Integer.toString(release).getBytes(UTF_8);
    }

    private static List<String> filesOf(int release) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            names.add(tile(i));
        }
        names.add("only" + release);
        names.add("properties");
        return names;
    }

    private static List<String> list(Path survey) throws IOException {
        List<String> names = new ArrayList<>();
        new FolderStore(survey).list((name, bytes) -> names.add(name));
        return names;
    }

    private static Optional<String> read(Path survey, String name) throws IOException {
        return new FolderStore(survey).read(name, 1000).map(content -> new String(content, UTF_8));
    }

    private static void assertHolds(Path survey, int release) throws IOException {
        assertThat(list(survey)).containsExactlyInAnyOrderElementsOf(filesOf(release));
        for (String name : filesOf(release)) {
            assertThat(read(survey, name)).as(name).contains(Integer.toString(release));
        }
    }

    /** Returns the names in the folder, hidden ones too. */
    private List<String> everything() throws IOException {
        return everything(folder);
    }

    private static List<String> everything(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(e -> e.getFileName().toString()).sorted().toList();
        }
    }

    private static final FolderPublication.Written KNOWN = new FolderPublication.Written(4, 1, 2);

    private void stop(Path target, String identity) throws IOException {
        try (FolderPublication publication = FolderPublication.begin(target, Optional.of(identity))) {
            publication.write("whole", "good".getBytes(StandardCharsets.UTF_8));
            publication.note("whole", KNOWN);
            publication.write("half", "ba".getBytes(StandardCharsets.UTF_8));
            assertThat(publication.finishedFiles()).isEqualTo(1);
        }
    }

    @Test
    void aStoppedWorkIsGoneOnWithByTheSameOnly(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("survey");
        stop(target, "work");
        assertThat(FolderPublication.wouldContinue(target, "work")).isTrue();
        assertThat(FolderPublication.wouldContinue(target, "other")).isFalse();
        try (FolderPublication publication = FolderPublication.begin(target, Optional.of("work"))) {
            assertThat(publication.written("whole")).contains(KNOWN);
            assertThat(publication.written("half")).isEmpty();
            assertThat(publication.staged().resolve("whole")).hasContent("good");
            assertThat(publication.staged().resolve("half")).doesNotExist();
            publication.commit();
        }
        assertThat(target.resolve("whole")).hasContent("good");
        assertThat(folder.resolve(".survey.hipsnode")).doesNotExist();
    }

    @Test
    void whatIsGivenUpOrAnothersWorkIsClearedAway(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("survey");
        stop(target, "work");
        try (FolderPublication publication = FolderPublication.begin(target, Optional.of("other"))) {
            assertThat(publication.written("whole")).isEmpty();
            assertThat(publication.staged().resolve("whole")).doesNotExist();
        }
        assertThat(folder.resolve(".survey.hipsnode")).doesNotExist();
        stop(target, "work");
        try (FolderPublication publication = FolderPublication.begin(target, Optional.of("work"))) {
            publication.discard();
        }
        assertThat(folder.resolve(".survey.hipsnode")).doesNotExist();
    }

    @Test
    void aFileOfTheReleaseBeforeIsTakenOver(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("survey");
        Files.createDirectories(target.resolve("Norder0"));
        Files.writeString(target.resolve("Norder0/tile"), "kept");
        try (FolderPublication publication = FolderPublication.begin(target, Optional.of("work"))) {
            publication.takeOver("Norder0/tile");
            publication.commit();
        }
        assertThat(target.resolve("Norder0/tile")).hasContent("kept");
    }

    @Test
    void aNewSurveyAppearsWholeAndNotBeforeItIsCommitted() throws IOException {
        Path deep = folder.resolve("planck/co");
        try (FolderPublication publication = FolderPublication.begin(deep)) {
            writeAll(publication, 1);
            assertThat(deep).doesNotExist();
            assertThat(publication.staged()).isDirectory();
            publication.commit();
            assertHolds(deep, 1);
        }
        assertHolds(deep, 1);
        assertThat(everything(folder.resolve("planck"))).containsExactly("co");
    }

    @Test
    void aNewReleaseReplacesTheOldOneWhole() throws IOException {
        publish(survey, 1);
        Files.write(survey.resolve(".strange"), new byte[1]);
        publish(survey, 2);
        assertHolds(survey, 2);
        assertThat(survey.resolve(".strange")).doesNotExist();
        assertThat(everything()).containsExactly("survey");
    }

    @Test
    void anEmptyReleaseIsAnEmptyFolder() throws IOException {
        publish(survey, 1);
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            publication.commit();
        }
        assertThat(list(survey)).isEmpty();
    }

    @Test
    void aReleaseThatIsNotCommittedLeavesNothing() throws IOException {
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            writeAll(publication, 1);
        }
        assertThat(everything()).isEmpty();
        publish(survey, 1);
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            writeAll(publication, 2);
        }
        assertHolds(survey, 1);
        assertThat(everything()).containsExactly("survey");
    }

    @Test
    void closingTwiceDoesNotDisturbTheNextRun() throws IOException {
        FolderPublication first = FolderPublication.begin(survey);
        first.close();
        try (FolderPublication second = FolderPublication.begin(survey)) {
            second.write("properties", bytes(2));
            first.close();
            assertThatThrownBy(() -> FolderPublication.begin(survey)).isInstanceOf(LockedException.class);
            second.commit();
        }
        assertThat(read(survey, "properties")).contains("2");
        assertThat(everything()).containsExactly("survey");
    }

    @Test
    void aReleaseIsCommittedOnce() throws IOException {
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            writeAll(publication, 1);
            publication.commit();
            assertThatThrownBy(publication::commit).isInstanceOf(IOException.class);
        }
        assertHolds(survey, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../survey2/x", "/etc/x", "a/../../x", "a\\b", "a\0", ".hidden", "a//b", "a/"})
    void refusesNamesThatAreNoneOfAFile(String name) throws IOException {
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            assertThatThrownBy(() -> publication.write(name, new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + name + "'");
        }
        assertThat(everything()).isEmpty();
    }

    @Test
    void refusesANameTwiceAndAFileAsAFolder() throws IOException {
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            publication.write("a", bytes(1));
            assertThatThrownBy(() -> publication.write("a", bytes(2))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> publication.write("a/b", bytes(2))).isInstanceOf(IOException.class);
            publication.commit();
        }
        assertThat(read(survey, "a")).contains("1");
    }

    @Test
    void refusesATargetThatIsAFile() throws IOException {
        Files.write(survey, new byte[] {1});
        assertThatThrownBy(() -> FolderPublication.begin(survey))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(survey.toString(), "is a file");
        assertThat(survey).hasBinaryContent(new byte[] {1});
        assertThat(everything()).containsExactly("survey");
    }

    @Test
    void refusesTheRootOfTheFileSystem() {
        assertThatThrownBy(() -> FolderPublication.begin(folder.getRoot()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("choose one below it");
    }

    @Test
    void refusesToWorkWhereAFileIsInItsWay() throws IOException {
        Files.write(folder.resolve(".survey.hipsnode"), new byte[] {1});
        assertThatThrownBy(() -> FolderPublication.begin(survey))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(LockedException.class)
                .hasMessageContaining(".survey.hipsnode");
    }

    @Test
    void aLinkSurvivesAndWhatItPointsToIsReplaced(@TempDir Path elsewhere) throws IOException {
        Path real = elsewhere.resolve("real");
        publish(real, 1);
        Files.createSymbolicLink(survey, real);
        publish(survey, 2);
        assertThat(survey).isSymbolicLink();
        assertHolds(real, 2);
        assertHolds(survey, 2);
        assertThat(everything()).containsExactly("survey");
        assertThat(everything(elsewhere)).containsExactly("real");
    }

    @Test
    void aLinkAndWhatItPointsToAreOneSurvey(@TempDir Path elsewhere) throws IOException {
        Path real = Files.createDirectory(elsewhere.resolve("real"));
        Files.createSymbolicLink(survey, real);
        try (FolderPublication publication = FolderPublication.begin(real)) {
            assertThat(publication.staged()).exists();
            assertThatThrownBy(() -> FolderPublication.begin(survey)).isInstanceOf(LockedException.class);
        }
    }

    @Test
    void twoRunsAtOnceAreRefusedNamingTheOwner() throws IOException {
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            publication.write("properties", bytes(1));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> FolderPublication.begin(survey))
                        .isInstanceOf(LockedException.class)
                        .hasMessageContainingAll(
                                "'" + survey + "'",
                                "process " + ProcessHandle.current().pid());
            }
            publication.commit();
        }
        assertThat(read(survey, "properties")).contains("1");
    }

    @Test
    void anotherProcessIsRefusedNamingTheOwner() throws IOException, InterruptedException {
        try (PublishingProcess holder = PublishingProcess.start(PublishingProcess.Deed.HOLD, survey)) {
            assertThat(holder.isReady()).isTrue();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> FolderPublication.begin(survey))
                        .isInstanceOf(LockedException.class)
                        .hasMessageContainingAll("'" + survey + "'", "process " + holder.pid());
            }
            assertThat(holder.finish()).isEqualTo(PublishingProcess.DONE);
        }
        publish(survey, 1);
        assertHolds(survey, 1);
    }

    /** An operating system forgets a process's lock when the process closes any other handle on the file. */
    @Test
    void aRefusalInsideOneProcessDoesNotLetAnotherIn() throws IOException, InterruptedException {
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            assertThatThrownBy(() -> FolderPublication.begin(survey)).isInstanceOf(LockedException.class);
            try (PublishingProcess other = PublishingProcess.start(PublishingProcess.Deed.HOLD, survey)) {
                assertThat(other.isReady()).isFalse();
                assertThat(other.finish()).isEqualTo(PublishingProcess.LOCKED);
            }
            writeAll(publication, 1);
            publication.commit();
        }
        assertHolds(survey, 1);
    }

    @Test
    void aRunThatWasKilledLeavesThePublishedReleaseAndTheNextRunClearsAway() throws IOException, InterruptedException {
        publish(survey, 1);
        try (PublishingProcess killed = PublishingProcess.start(PublishingProcess.Deed.DIE, survey)) {
            assertThat(killed.isReady()).isTrue();
            killed.finish();
        }
        assertThat(everything()).containsExactly(".survey.hipsnode", "survey");
        assertHolds(survey, 1);
        publish(survey, 2);
        assertHolds(survey, 2);
        assertThat(everything()).containsExactly("survey");
    }

    @Test
    void aCrashBetweenTheTwoRenamesIsHealed() throws IOException {
        publish(survey, 1);
        crashBetweenTheRenames(folder, "survey");
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            assertHolds(survey, 1);
            assertThat(list(publication.staged())).isEmpty();
        }
        assertHolds(survey, 1);
        assertThat(everything()).containsExactly("survey");
    }

    private static void crashBetweenTheRenames(Path parent, String name) throws IOException {
        Path work = Files.createDirectories(parent.resolve("." + name + ".hipsnode"));
        Files.write(work.resolve("lock"), bytes(1));
        Files.createDirectory(work.resolve("release"));
        Files.write(work.resolve("release/properties"), bytes(2));
        Files.move(parent.resolve(name), work.resolve("previous"));
    }

    @Test
    void aCrashBetweenTheTwoRenamesIsHealedThroughALink(@TempDir Path elsewhere) throws IOException {
        publish(elsewhere.resolve("real"), 1);
        Files.createSymbolicLink(survey, elsewhere.resolve("real"));
        crashBetweenTheRenames(elsewhere, "real");
        publish(survey, 3);
        assertThat(survey).isSymbolicLink();
        assertHolds(survey, 3);
        assertThat(everything(elsewhere)).containsExactly("real");
    }

    @Test
    void aLinkThatLeadsNowhereYetIsFollowed(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(folder.resolve("middle"), elsewhere.resolve("new/real"));
        Files.createSymbolicLink(survey, Path.of("middle"));
        publish(survey, 1);
        assertThat(survey).isSymbolicLink();
        assertHolds(elsewhere.resolve("new/real"), 1);
    }

    @Test
    void aLinkToItselfIsRefused() throws IOException {
        Files.createSymbolicLink(survey, survey);
        assertThatThrownBy(() -> FolderPublication.begin(survey))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("survey");
    }

    @Test
    void aCrashAfterBothRenamesLeavesTheNewRelease() throws IOException {
        publish(survey, 2);
        Path previous = Files.createDirectories(folder.resolve(".survey.hipsnode/previous"));
        Files.write(previous.resolve("properties"), bytes(1));
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            assertThat(publication.staged()).isDirectory();
        }
        assertHolds(survey, 2);
        assertThat(everything()).containsExactly("survey");
    }

    @Test
    void whatTheMakingLeavesStaysUntilTheNextRun() throws IOException {
        Path left;
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            left = publication.workFolder().resolve("some.log");
            Files.write(left, bytes(1));
            Files.createDirectories(publication.workFolder().resolve("scratch/deep"));
            publication.write("properties", bytes(1));
            publication.commit();
        }
        assertThat(left).exists();
        publish(survey, 2);
        assertThat(everything()).containsExactly("survey");
    }

    @Test
    void manyThreadsWriteOneRelease() throws IOException, InterruptedException, ExecutionException {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            List<Callable<Boolean>> writing = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int rest = thread;
                writing.add(() -> {
                    for (int i = rest; i < 800; i += 8) {
                        publication.write("Norder4/Dir" + i / 100 + "/deep/Npix" + i, bytes(i));
                    }
                    return true;
                });
            }
            for (Future<Boolean> written : writers.invokeAll(writing)) {
                assertThat(written.get()).isTrue();
            }
            publication.commit();
        } finally {
            writers.shutdownNow();
        }
        assertThat(list(survey)).hasSize(800);
        assertThat(read(survey, "Norder4/Dir7/deep/Npix799")).contains("799");
    }

    /**
     * A reader that finds the same release number before and after has read one release, as numbers only grow: then every
     * file of it must have been there, and no other. Between two renames the folder may be absent, and files of the old
     * release go while a listing of it runs; never may a file hold anything but a release.
     */
    @Test
    void readersSeeReleasesWholeWhileOthersReplaceThem() throws IOException, InterruptedException, ExecutionException {
        publish(survey, 1);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> seen = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                seen.add(readers.submit(() -> readUntil(done)));
            }
            for (int release = 2; release <= 60; release++) {
                publish(survey, release);
            }
            done.set(true);
            for (Future<Integer> whole : seen) {
                assertThat(whole.get()).isPositive();
            }
        } finally {
            readers.shutdownNow();
        }
        assertHolds(survey, 60);
    }

    /** Returns how many whole releases were read. */
    private int readUntil(AtomicBoolean done) throws IOException {
        int whole = 0;
        int latest = 0;
        boolean last = false;
        while (!last) {
            last = done.get();
            Optional<String> before = read(survey, "properties");
            List<Optional<String>> tiles = new ArrayList<>();
            for (int i = 0; i < FILES; i++) {
                tiles.add(read(survey, tile(i)));
            }
            Optional<List<String>> names = tryList();
            Optional<String> after = read(survey, "properties");
            for (Optional<String> tile : tiles) {
                assertThat(tile.orElse("1")).matches("\\d+");
            }
            if (before.isPresent()) {
                int release = Integer.parseInt(before.get());
                assertThat(release).isGreaterThanOrEqualTo(latest);
                latest = release;
                if (before.equals(after)) {
                    assertThat(tiles).containsOnly(before);
                    assertThat(names.orElseThrow()).containsExactlyInAnyOrderElementsOf(filesOf(release));
                    whole++;
                }
            }
        }
        return whole;
    }

    private Optional<List<String>> tryList() {
        try {
            return Optional.of(list(survey));
        } catch (IOException e) {
            return Optional.empty(); // the release went while it was listed
        }
    }

    @Test
    void neverAreTwoThreadsInsideAtOnce() throws InterruptedException, ExecutionException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        ExecutorService runs = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> cycles = () -> {
                for (int i = 0; i < 200; i++) {
                    try (FolderPublication publication = FolderPublication.begin(survey)) {
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        publication.write("a", bytes(i));
                        begun.incrementAndGet();
                        inside.decrementAndGet();
                    } catch (LockedException e) {
                        assertThat(e).hasMessageContaining("another run");
                    }
                }
                return true;
            };
            for (Future<Boolean> done : runs.invokeAll(java.util.Collections.nCopies(8, cycles))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            runs.shutdownNow();
        }
        assertThat(begun).hasPositiveValue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void neverAreTwoProcessesInsideAtOnce() throws IOException, InterruptedException {
        try (PublishingProcess first = PublishingProcess.start(PublishingProcess.Deed.CYCLE, survey);
                PublishingProcess second = PublishingProcess.start(PublishingProcess.Deed.CYCLE, survey)) {
            assertThat(first.isReady()).isTrue();
            assertThat(second.isReady()).isTrue();
            first.letGo();
            assertThat(second.finish()).isEqualTo(PublishingProcess.DONE);
            assertThat(first.finish()).isEqualTo(PublishingProcess.DONE);
        }
        assertThat(everything()).isEmpty();
    }
}
