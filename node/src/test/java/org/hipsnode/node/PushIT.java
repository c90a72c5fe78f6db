package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hipsnode.store.FolderStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Surveys pushed from one process of the program to another, and into folders. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushIT {
    private Path folder;
    private Path survey;
    private Path data;
    private Path credential;
    private Program.Started node;
    private String address;

    @BeforeAll
    void begin(@TempDir Path temporary) throws IOException {
        folder = temporary;
        survey = folder.resolve("ours/sky");
        data = Files.createDirectories(folder.resolve("data"));
        generate("2026-01-01T00:00Z", "A sky to push");
        credential = folder.resolve("credential");
        Path list = folder.resolve("credentials.yaml");
        Files.writeString(
                credential,
                Program.run("credential", "add", "idoc", "--file", list).out());
        Files.writeString(
                folder.resolve("other"),
                Program.run("credential", "add", "other", "--file", list).out());
        Files.writeString(
                folder.resolve("lenient"),
                Program.run("credential", "add", "lenient", "--file", list).out());
        Files.writeString(folder.resolve("node.yaml"), """
                data: data
                server:
                  credentials: credentials.yaml
                  receive:
                    idoc:
                      surveys: [planck/*]
                      quota: 1 GB
                    other:
                      surveys: [small/*]
                      quota: 1 KB
                    lenient:
                      surveys: [lenient/*]
                      quota: 1 GB
                      accept-defects: true
                """);
        serve();
    }

    private void serve() throws IOException {
        node = Program.start(Program.command("serve", folder.resolve("node.yaml"), "--port", "0"));
        address = node.firstLine();
    }

    private void generate(String date, String title) throws IOException {
        MadeSky.generate(folder, survey, "--title", title, "--formats", "png,fits", "--release-date", date);
    }

    @AfterAll
    void stop() throws IOException {
        node.close();
    }

    private Program.Ended push(String path, Object... more) throws IOException {
        return push(credential, path, more);
    }

    private Program.Ended push(Path secret, String path, Object... more) throws IOException {
        return Program.run(command(secret, path, more));
    }

    private List<String> command(Path secret, String path, Object... more) {
        List<Object> words = new ArrayList<>(List.of("push", survey, address + path, "--credential", secret));
        words.addAll(List.of(more));
        return Program.command(words.toArray());
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aSurveyIsPublishedAtTheOtherNodeAsACopyAndThenThereIsNothingToDo() throws IOException {
        Program.Ended plan = push("planck/sky", "--dry-run", "--json");
        assertDone(plan);
        assertThat(plan.out()).contains("\"same\":false", "\"keep\":0");
        assertThat(data.resolve("planck/sky")).doesNotExist();

        assertDone(push("planck/sky"));
        assertVerified(data.resolve("planck/sky"));
        assertThat(new String(Program.fetch(address + "planck/sky/properties"), StandardCharsets.UTF_8))
                .contains("public mirror unclonable");
        assertThat(Program.fetch(address + "planck/sky/Norder0/Dir0/Npix3.fits"))
                .isEqualTo(Files.readAllBytes(survey.resolve("Norder0/Dir0/Npix3.fits")));

        assertThat(new String(Program.fetch(address + "metrics"), StandardCharsets.UTF_8))
                .containsPattern("(?m)^hipsnode_push_published_total [1-9]")
                .containsPattern("(?m)^hipsnode_push_bytes_total [1-9]")
                .containsPattern("(?m)^hipsnode_push_open 0")
                .containsPattern("(?m)^hipsnode_push_refused_total ");
        Program.Ended again = push("planck/sky", "--json");
        assertDone(again);
        assertThat(again.out()).contains("\"same\":true", "\"sent\":0");
    }

    @Test
    void ofANewReleaseOnlyWhatHasChangedIsSent() throws IOException {
        assertDone(push("planck/changing"));
        Path tile = survey.resolve("Norder3/Dir0/Npix5.png");
        byte[] before = Files.readAllBytes(tile);
        Files.copy(survey.resolve("Norder3/Dir0/Npix6.png"), tile, StandardCopyOption.REPLACE_EXISTING);
        remakeManifest();
        try {
            Program.Ended changed = push("planck/changing", "--json");
            assertThat(changed.out()).as(changed.toString()).contains("\"send\":1,", "\"replace\":1,");
            assertVerified(data.resolve("planck/changing"));
            assertThat(data.resolve("planck/changing/Norder3/Dir0/Npix5.png"))
                    .hasSameBinaryContentAs(survey.resolve("Norder3/Dir0/Npix6.png"));
        } finally {
            Files.write(tile, before);
            remakeManifest();
        }
    }

    private void remakeManifest() throws IOException {
        Files.delete(survey.resolve(".hipsnode/manifest.json"));
        assertDone(Program.run("verify", survey, "--make"));
    }

    @Test
    void whatThisNodeDoesNotAllowIsRefusedAndLeavesNothing() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong"), "hipsnode_wrong");
        List<Path> before = copies();
        assertRefused(push(wrong, "planck/no"), "403", "not taken from this partner");
        assertRefused(push("elsewhere/no"), "403", "not taken from this partner");
        assertRefused(push(folder.resolve("other"), "planck/no"), "403", "not taken from this partner");
        assertRefused(push(folder.resolve("other"), "small/no"), "413", "over quota");
        assertRefused(push("planck/.hidden/no"), "expected a node that takes pushes");
        assertThat(copies()).isEqualTo(before);
        String secret = Files.readString(credential).strip();
        assertThat(Files.readString(node.out()) + Files.readString(node.err())).doesNotContain(secret);
    }

    private static void assertRefused(Program.Ended ended, String... words) {
        assertThat(ended.code()).as(ended.toString()).isEqualTo(1);
        assertThat(ended.err()).contains(words);
    }

    @Test
    void aFileThatIsDamagedHereIsNotPublishedThere() throws IOException {
        Path tile = survey.resolve("Norder2/Dir0/Npix7.fits");
        byte[] sound = Files.readAllBytes(tile);
        byte[] damaged = sound.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(tile, damaged);
        try {
            assertRefused(push("planck/damaged"), "'Norder2/Dir0/Npix7.fits' is not as the manifest says");
            assertThat(data.resolve("planck/damaged")).doesNotExist();
        } finally {
            Files.write(tile, sound);
        }
        assertDone(push("planck/damaged"));
        assertVerified(data.resolve("planck/damaged"));
    }

    @Test
    void wrongKeywordsAreToldAndDamagedTilesAreRefusedUnlessBothSidesAcceptThem() throws IOException {
        Path list = survey.resolve("properties");
        String keywords = Files.readString(list);
        try {
            Files.writeString(list, keywords.replaceAll("(?m)^hips_version.*\n", ""));
            remakeManifest();
            Program.Ended told = push("planck/keywords");
            assertDone(told);
            assertThat(told.err()).contains("ERROR", "hips_version");
            assertThat(Files.readString(node.err()))
                    .contains("a pushed release was published: survey=planck/keywords partner=idoc release=");
        } finally {
            Files.writeString(list, keywords);
            remakeManifest();
        }
        Path damaged = folder.resolve("damaged/sky");
        assertDone(Program.run("push", survey, damaged, "--exact"));
        for (int i = 0; i < 768; i++) { // of each order some tiles are looked at
            Files.writeString(damaged.resolve("Norder3/Dir0/Npix" + i + ".png"), "no picture");
        }
        Files.delete(damaged.resolve(".hipsnode/manifest.json"));
        assertDone(Program.run("verify", damaged, "--make"));
        Program.Ended refused = pushDamaged(damaged, credential, "planck/defects");
        assertThat(refused.code()).as(refused.toString()).isEqualTo(4);
        assertThat(refused.err()).contains("Norder3/Dir0/Npix", "was not pushed", "--accept-defects");
        Program.Ended there = pushDamaged(damaged, credential, "planck/defects", "--accept-defects");
        assertThat(there.code()).as(there.toString()).isEqualTo(4);
        assertThat(there.err()).contains("did not publish: the check found damaged tiles");
        assertThat(data.resolve("planck/defects")).doesNotExist();
        assertDone(pushDamaged(damaged, folder.resolve("lenient"), "lenient/defects", "--accept-defects"));
        assertThat(data.resolve("lenient/defects/Norder3/Dir0/Npix5.png")).hasContent("no picture");
    }

    private Program.Ended pushDamaged(Path damaged, Path secret, String path, Object... more) throws IOException {
        List<Object> words = new ArrayList<>(List.of("push", damaged, address + path, "--credential", secret));
        words.addAll(List.of(more));
        return Program.run(words.toArray());
    }

    @Test
    void onAFullDiskThePartnerIsToldAndGoesOnWhenThereIsRoom() throws IOException {
        Path disk = Files.createDirectories(data.resolve("planck/disk"));
        assumeTrue(Disk.mount(disk, "300k"), "no right to mount a file system here: this test was skipped");
        try {
            assertRefused(push("planck/disk/sky"), "507 no space left on this node: at most ", " are still to come, ");
            assertThat(data.resolve("planck/disk/sky")).doesNotExist();
            Disk.resize(disk, "200m");
            assertDone(push("planck/disk/sky"));
            assertVerified(data.resolve("planck/disk/sky"));
        } finally {
            Disk.unmount(disk);
        }
    }

    @Test
    void aPushThatWasKilledOnEitherSideIsGoneOnWith() throws IOException {
        Path staged = data.resolve("planck/.killed.hipsnode/release");
        Program.Started killed = Program.start(command(credential, "planck/killed", "--connections", "1"));
        waitForFiles(staged, 100);
        killed.process().destroyForcibly();
        node.process().destroyForcibly();
        Program.end(node);
        Program.end(killed);
        assertThat(data.resolve("planck/killed")).doesNotExist();
        Path journal = data.resolve("planck/.killed.hipsnode/journal");
        long known = Files.readString(journal).lines().count();
        Path first = staged.resolve(Files.readString(journal)
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .split(" ", 3)[2]);
        Object inode = Files.getAttribute(first, "unix:ino");

        serve();
        Program.Ended resumed = push("planck/killed", "--json");
        assertDone(resumed);
        assertVerified(data.resolve("planck/killed"));
        assertThat(known).isGreaterThan(50);
        Path published = data.resolve("planck/killed").resolve(staged.relativize(first));
        assertThat(Files.getAttribute(published, "unix:ino"))
                .as("not sent again")
                .isEqualTo(inode);
    }

    private static void waitForFiles(Path staged, int count) throws IOException {
        long end = System.nanoTime() + 60_000_000_000L;
        long[] files = new long[1];
        while (files[0] < count && System.nanoTime() < end) {
            files[0] = 0;
            if (Files.isDirectory(staged)) {
                try {
                    new FolderStore(staged).listEverything((name, bytes) -> files[0]++);
                } catch (java.nio.file.NoSuchFileException e) {
                    files[0] = 0; // just being swapped in
                }
            }
        }
        assertThat(files[0]).isGreaterThanOrEqualTo(count);
    }

    @Test
    void aFolderGetsACopyTooAndNothingElseIsOverwritten() throws IOException {
        Path copy = folder.resolve("copy/sky");
        assertDone(Program.run("push", survey, copy));
        assertVerified(copy);
        assertThat(Program.run("push", survey, copy, "--json").out()).contains("\"same\":true");
        assertDone(Program.run("push", survey, folder.resolve("copy/exact"), "--exact"));
        assertThat(folder.resolve("copy/exact/properties")).hasSameBinaryContentAs(survey.resolve("properties"));
        Path full = Files.createDirectories(folder.resolve("copy/full"));
        Files.writeString(full.resolve("note"), "mine");
        Program.Ended refused = Program.run("push", survey, full);
        assertThat(refused.code()).as(refused.toString()).isEqualTo(2);
        assertThat(full.resolve("note")).hasContent("mine");
    }

    @Test
    void aCopyThatMayNotBeCopiedOnIsRefused() throws IOException {
        Path copy = folder.resolve("mirror/sky");
        assertDone(Program.run("push", survey, copy));
        Program.Ended refused = Program.run("push", copy, folder.resolve("mirror/second"), "--yes");
        assertThat(refused.code()).as(refused.toString()).isEqualTo(2);
        assertThat(refused.err()).contains("its hips_status forbids copies of it");
    }

    private static void assertDone(Program.Ended ended) {
        assertThat(ended.code()).as(ended.toString()).isZero();
    }

    private static void assertVerified(Path copy) throws IOException {
        assertDone(Program.run("verify", copy));
    }
}
