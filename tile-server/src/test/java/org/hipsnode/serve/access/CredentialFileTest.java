package org.hipsnode.serve.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.config.ConfigException;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFileTest {
    private static final ServedSurvey CO = SurveyPatternTest.survey("planck/co", "ivo://T/P/co");
    private static final List<SurveyPattern> ALL = List.of(new SurveyPattern("*"));

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("credentials.yaml");
    }

    private static Optional<Verdict> token(CredentialWatch watch, String token) {
        return watch.gate().decide(Gate.seeing(CO), new Offer.Bearer(token), "here");
    }

    private CredentialWatch watch() throws IOException {
        return CredentialWatch.of(new AccessSettings(Optional.of(path()), Set.of()));
    }

    @Test
    void whatIsAddedIsKnownAndTheSecretStandsNowhere() throws IOException {
        CredentialFile file = new CredentialFile(path());
        String token = file.addToken("viewer", ALL);
        file.addPassword("alice", "hunter2", List.of(new SurveyPattern("ivo://it's/*")));
        assertThat(token).matches("hipsnode_[A-Za-z0-9_-]{43}");
        assertThat(Files.readString(path())).doesNotContain(token, "hunter2").contains("pbkdf2-sha256 600000 ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        assertThat(token(watch(), token)).contains(Verdict.GRANTED);
        CredentialList list = file.parse(file.text());
        assertThat(list.named("alice").orElseThrow().hash().isOf("hunter2")).isTrue();
        assertThat(list.named("alice").orElseThrow().surveys()).containsExactly(new SurveyPattern("ivo://it's/*"));
        assertThat(folder.toFile().list()).containsExactly("credentials.yaml");
    }

    @Test
    void aMissingFileIsNamedWithTheCommandThatMakesIt() {
        assertThatThrownBy(this::watch)
                .isInstanceOf(ConfigException.class)
                .hasMessage("server.credentials: expected the file '" + path()
                        + "', found nothing; 'hipsnode credential add NAME --file FILE' makes it");
    }

    @Test
    void anOldFileStaysWhatItWasWithAnEntryMore() throws IOException {
        Files.writeString(path(), "# mine\nold: {token-hash: " + CredentialListTest.TOKEN_HASH + "}");
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r-----"));
        new CredentialFile(path()).addToken("new", ALL);
        assertThat(Files.readString(path()))
                .startsWith("# mine\nold: {token-hash: sha256 ")
                .contains("}\nnew:\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aNameIsNeverGivenTwiceAndABadFileNotTouched() throws IOException {
        CredentialFile file = new CredentialFile(path());
        file.addToken("viewer", ALL);
        String before = file.text();
        assertThatThrownBy(() -> file.addToken("viewer", ALL))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("expected a new name, found a credential of 'viewer'");
        assertThatThrownBy(() -> file.addToken("a: b", ALL))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("found 'a: b'");
        assertThat(file.text()).isEqualTo(before);
        Files.write(path(), "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> file.addToken("x", ALL)).hasMessageContaining("expected UTF-8");
    }

    @Test
    void aFileThatOthersMayReadIsWarnedOf() throws IOException {
        CredentialFile file = new CredentialFile(path());
        file.addToken("viewer", ALL);
        assertThat(file.warning()).isEmpty();
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(file.warning().orElseThrow()).contains("chmod o-rwx", path().toString());
    }

    @Test
    void aChangeIsTakenUpAndABrokenOneIsNot() throws IOException {
        CredentialFile file = new CredentialFile(path());
        String first = file.addToken("first", ALL);
        CredentialWatch watch = watch();
        Gate before = watch.gate();
        watch.look();
        assertThat(watch.gate()).as("what is remembered is kept").isSameAs(before);
        String second = file.addToken("second", ALL);
        assertThat(token(watch, second)).contains(Verdict.WRONG_CREDENTIAL);
        watch.look();
        assertThat(token(watch, second)).contains(Verdict.GRANTED);
        Files.writeString(path(), "first: {");
        watch.look();
        assertThat(token(watch, first)).as("the list before stays").contains(Verdict.GRANTED);
        Files.delete(path());
        watch.look();
        assertThat(token(watch, first)).as("withdrawn").contains(Verdict.WRONG_CREDENTIAL);
    }

    @Test
    void aServerDoesNotStartWithoutItsCredentials() throws IOException {
        assertThatThrownBy(this::watch).hasMessageContaining("credentials.yaml");
        Files.writeString(path(), "a: {token-hash: hunter2}");
        assertThatThrownBy(this::watch)
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("hunter2");
    }
}
