package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.hipsnode.store.FolderStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Surveys pushed to an OpenSSH server, which knows nothing of surveys. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SftpPushIT {
    private Path folder;
    private Path survey;
    private Path changed;
    private Sshd server;

    @BeforeAll
    void begin(@TempDir Path temporary) throws IOException {
        Sshd.require();
        folder = temporary;
        survey = folder.resolve("ours/sky");
        changed = folder.resolve("ours/changed");
        server = Sshd.start(folder, "");
        MadeSky.generate(
                folder, survey, "--formats", "png,fits", "--order", "2", "--release-date", "2026-01-01T00:00Z");
        copyTree(survey, changed);
        Files.copy(
                survey.resolve("Norder2/Dir0/Npix6.png"),
                changed.resolve("Norder2/Dir0/Npix5.png"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.delete(changed.resolve("Norder2/Dir0/Npix9.png"));
        Files.delete(changed.resolve(".hipsnode/manifest.json"));
        assertDone(Program.run("verify", changed, "--make"));
    }

    @AfterAll
    void end() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private List<String> command(Sshd to, Path what, Path place, Object... more) {
        List<Object> words = new ArrayList<>(List.of(
                "push", what, to.address(place), "--key", to.key(), "--known-hosts", to.knownHosts(), "--quiet"));
        words.addAll(List.of(more));
        return Program.command(words.toArray());
    }

    private Program.Ended pushWith(Path key, Path knownHosts, Path place) throws IOException {
        return Program.run("push", survey, server.address(place), "--key", key, "--known-hosts", knownHosts);
    }

    private Program.Ended push(Path what, Path place, Object... more) throws IOException {
        return Program.run(command(server, what, place, more));
    }

    private static void assertDone(Program.Ended ended) {
        assertThat(ended.code()).as(ended.toString()).isZero();
    }

    private static Map<String, Long> files(Path tree) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        new FolderStore(tree).listEverything(files::put);
        return files;
    }

    private static void assertCopy(Path copy, Path of) throws IOException {
        assertDone(Program.run("verify", copy));
        assertThat(files(copy).keySet()).isEqualTo(files(of).keySet());
        assertThat(copy.resolveSibling("." + copy.getFileName() + ".hipsnode")).doesNotExist();
    }

    @Test
    void aSurveyIsPublishedAndOfTheNextReleaseOnlyWhatHasChangedIsSent() throws IOException {
        Path there = folder.resolve("partner/new folder/sky");
        Path address = folder.resolve("partner/new%20folder/sky");
        assertDone(push(survey, address));
        assertCopy(there, survey);
        assertThat(Files.readString(there.resolve("properties"))).contains("public mirror unclonable");
        assertThat(push(survey, address, "--json").out()).contains("\"same\":true", "\"sent\":0");

        Object kept = Files.getAttribute(there.resolve("Norder2/Dir0/Npix7.png"), "unix:ino");
        Program.Ended next = push(changed, address, "--json");
        assertThat(next.out()).as(next.toString()).contains("\"send\":1,", "\"drop\":1,", "\"published\":true");
        assertCopy(there, changed);
        assertThat(there.resolve("Norder2/Dir0/Npix5.png"))
                .hasSameBinaryContentAs(changed.resolve("Norder2/Dir0/Npix5.png"));
        assertThat(Files.getAttribute(there.resolve("Norder2/Dir0/Npix7.png"), "unix:ino"))
                .as("linked, not sent")
                .isEqualTo(kept);
    }

    @Test
    void aServerThatCanNeitherLinkNorReplaceGetsWhatChangesFileByFile() throws IOException {
        Path there = folder.resolve("plain/sky");
        try (Sshd plain = Sshd.start(folder, "-P hardlink,posix-rename,statvfs")) {
            assertDone(Program.run(command(plain, survey, there)));
            assertCopy(there, survey);
            Object folderItself = Files.getAttribute(there, "unix:ino");
            Program.Ended next = Program.run(command(plain, changed, there, "--json"));
            assertThat(next.out()).as(next.toString()).contains("\"send\":1,", "\"published\":true");
            assertCopy(there, changed);
            assertThat(Files.getAttribute(there, "unix:ino")).as("not swapped").isEqualTo(folderItself);
        }
    }

    @Test
    void whatIsDamagedThereIsFoundByReadingBackAndSentAgain() throws IOException {
        Path there = folder.resolve("damaged/sky");
        assertDone(push(survey, there));
        Path tile = there.resolve("Norder2/Dir0/Npix7.fits");
        byte[] content = Files.readAllBytes(tile);
        content[content.length / 2] ^= 1;
        Files.write(tile, content);
        assertThat(push(survey, there, "--json").out()).contains("\"sent\":0");
        assertThat(Program.run("verify", there).code()).isEqualTo(4);
        assertDone(push(survey, there, "--verify"));
        assertCopy(there, survey);
    }

    @Test
    void aPushThatWasKilledOrLostItsServerIsGoneOnWith() throws IOException {
        Path there = folder.resolve("killed/sky");
        Path staged = folder.resolve("killed/.sky.hipsnode/release");
        Program.Started killed = Program.start(command(server, survey, there, "--connections", "1"));
        Path first = waitForFiles(staged, 100);
        killed.process().destroyForcibly();
        Program.end(killed);
        assertThat(there).doesNotExist();
        Object inode = Files.getAttribute(first, "unix:ino");

        Program.Started lost = Program.start(command(server, survey, there, "--connections", "2"));
        waitForFiles(staged, 200);
        server.close();
        server = server.again();
        assertDone(Program.end(lost));
        assertCopy(there, survey);
        assertThat(Files.getAttribute(there.resolve(staged.relativize(first)), "unix:ino"))
                .as("not sent again")
                .isEqualTo(inode);
    }

    private static Path waitForFiles(Path staged, int count) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        List<String> names = new ArrayList<>();
        while (names.size() < count && System.nanoTime() < end) {
            names.clear();
            if (Files.isDirectory(staged)) {
                new FolderStore(staged).listEverything((name, bytes) -> names.add(name));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(count);
        return staged.resolve(names.get(0));
    }

    /** The account's own folder is where its file transfer begins. */
    @Test
    void theKeyOfAnAgentOpensAnAccountsOwnFolder() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path socket = folder.resolve("agent");
        try (Sshd own = Sshd.start(folder, "-d " + home);
                Program.Started agent = Program.start(List.of("ssh-agent", "-D", "-a", socket.toString()))) {
            agent.waitFor(agent.out(), "SSH_AUTH_SOCK");
            List<String> by = List.of("env", "SSH_AUTH_SOCK=" + socket);
            assertDone(Program.run(joined(by, List.of("ssh-add", "-q", own.key().toString()))));
            List<String> command = joined(
                    by,
                    Program.command(
                            "push",
                            survey,
                            own.address(Path.of("/~/mine/sky")),
                            "--known-hosts",
                            own.knownHosts(),
                            "--quiet"));
            assertDone(Program.run(command));
        }
        assertCopy(home.resolve("mine/sky"), survey);
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    @Test
    void twoRunsDoNotWriteTheSameSurvey() throws IOException {
        Path there = folder.resolve("taken/sky");
        Path lock = Files.createDirectories(folder.resolve("taken/.sky.hipsnode/lock"));
        Files.writeString(lock.resolve("owner"), "elsewhere 42");
        Program.Ended refused = push(survey, there);
        assertThat(refused.code()).as(refused.toString()).isEqualTo(11);
        assertThat(refused.err()).contains("being written by another run (elsewhere 42");
        assertThat(there).doesNotExist();
        Files.setLastModifiedTime(
                lock.resolve("owner"),
                java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() - 3_600_000));
        assertDone(push(survey, there));
        assertCopy(there, survey);
    }

    @Test
    void aServerThatIsNotKnownOrDoesNotKnowUsGetsNothing() throws IOException {
        Path there = folder.resolve("refused/sky");
        Path nobody = Files.writeString(folder.resolve("nobody"), "");
        assertRefused(pushWith(server.key(), nobody, there), "whose key is in", "ssh-keyscan -p " + server.port());
        Path wrong = folder.resolve("wrong");
        Sshd.makeKey(wrong);
        Path other = Files.writeString(
                folder.resolve("other_hosts"),
                "[127.0.0.1]:" + server.port() + " " + Files.readString(folder.resolve("wrong.pub")));
        assertRefused(pushWith(server.key(), other, there), "found another key", "nothing was sent");
        assertRefused(pushWith(wrong, server.knownHosts(), there), "does not let us in", "sftp -P " + server.port());
        assertRefused(
                Program.run("push", survey, "sftp://me:secret@127.0.0.1/x/sky"),
                "without password",
                "sftp://...@127.0.0.1");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    void somethingElseIsNotOverwrittenAndManyDeletionsAreAskedFor() throws IOException {
        Path full = Files.createDirectories(folder.resolve("full/sky"));
        Files.writeString(full.resolve("note"), "mine");
        assertRefused(push(survey, full), "expected nothing, or the survey ivo://hipsnode.test/P/sky");
        assertThat(full.resolve("note")).hasContent("mine");

        Path there = folder.resolve("many/sky");
        assertDone(push(survey, there));
        Path small = folder.resolve("ours/small");
        copyTree(survey, small);
        for (int i = 0; i < 120; i++) {
            Files.deleteIfExists(small.resolve("Norder2/Dir0/Npix" + i + ".png"));
        }
        Files.delete(small.resolve(".hipsnode/manifest.json"));
        assertDone(Program.run("verify", small, "--make"));
        assertRefused(push(small, there), "files of the release at", "--max-delete");
        assertDone(push(small, there, "--max-delete", "50"));
        assertCopy(there, small);
    }

    private static void assertRefused(Program.Ended ended, String... words) {
        assertThat(ended.code()).as(ended.toString()).isEqualTo(2);
        assertThat(ended.err()).contains(words);
    }

    @ParameterizedTest(name = "asked for it in a dialogue: {0}")
    @ValueSource(booleans = {false, true})
    void aPasswordLetsUsInToo(boolean asks) throws IOException {
        Path root = folder.resolve("by password " + asks);
        Path right = Files.writeString(folder.resolve("right" + asks), PasswordSshd.PASSWORD + "\n");
        Path wrong = Files.writeString(folder.resolve("wrong" + asks), "secret and wrong\n");
        try (PasswordSshd there = new PasswordSshd(root, asks)) {
            Program.Ended refused = push(there, wrong);
            assertThat(refused.code()).as(refused.toString()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("does not let us in: expected a password that it accepts")
                    .doesNotContain("secret and wrong");
            assertThat(root).isEmptyDirectory();
            assertDone(push(there, right));
        }
        assertCopy(root.resolve("sky"), survey);
    }

    private Program.Ended push(PasswordSshd there, Path password) throws IOException {
        return Program.run(
                "push", survey, there.address("/sky"), "--credential", password, "--known-hosts", there.knownHosts());
    }
}
