package org.hipsnode.serve.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialListTest {
    static final String TOKEN = "hipsnode_correct-horse";
    static final String TOKEN_HASH = SecretHash.OfToken.of(TOKEN).toString();

    /** Of {@code hunter2}, as few times as is allowed. */
    static final String PASSWORD_HASH = SecretHash.OfPassword.of("hunter2", new java.security.SecureRandom(), 100_000)
            .toString();

    @Test
    void readsTokensAndPasswords() throws ConfigException {
        CredentialList list = CredentialList.parse(
                "# who may see what\nviewer:\n  token-hash: " + TOKEN_HASH
                        + "\n  surveys: ['*']\nalice:\n  password-hash: "
                        + PASSWORD_HASH + "\n  surveys: [planck/co, 'ivo://T/*']\nnobody-yet: {token-hash: "
                        + "sha256 " + "0".repeat(64) + "}\n",
                "c.yaml");
        assertThat(list.size()).isEqualTo(3);
        assertThat(list.ofToken(TOKEN).orElseThrow().name()).isEqualTo("viewer");
        assertThat(list.ofToken("hunter2")).isEmpty();
        assertThat(list.named("alice").orElseThrow().surveys())
                .containsExactly(new SurveyPattern("planck/co"), new SurveyPattern("ivo://T/*"));
        assertThat(list.named("nobody-yet").orElseThrow().surveys()).isEmpty();
        assertThat(list.named("Alice")).isEmpty();
        assertThat(list.hasPasswords()).isTrue();
    }

    @Test
    void anEmptyFileIsAnEmptyList() throws ConfigException {
        assertThat(CredentialList.parse("", "c.yaml").size()).isZero();
        assertThat(CredentialList.parse("# nobody\n\n", "c.yaml").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: {password-hash: hunter2} | key 'a.password-hash': expected 'pbkdf2-sha256', iterations",
                "a: {token-hash: hunter2} | key 'a.token-hash': expected 'sha256' and 64 hexadecimal digits",
                "a: {surveys: ['*']} | key 'a.token-hash': expected either this key or password-hash, found 'neither'",
                "a: {token-hash: x, password-hash: y} | found 'both'",
                "a: {token: hunter2} | unknown key 'a.token'",
                "a: {token-hash: x, surveys: [/p]} | key 'a.surveys': expected a survey's path such as planck/co",
                "a: hunter2 | expected keys and values under 'a'",
                "a: | expected keys token-hash or password-hash, and surveys, found 'nothing'",
                "a:b: {token-hash: x} | expected a name of 1 to 64 letters",
                "[hunter2] | expected keys and values",
                "{a: {}, a: {}} | key 'a' stands twice"
            })
    void aWrongListIsRefusedWithoutTellingSecrets(String text, String message) {
        assertThatThrownBy(() -> CredentialList.parse(text, "c.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'c.yaml'")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("hunter2");
    }

    @Property(tries = 2000)
    void anyFileIsAListOrRefusedByItsName(@ForAll("files") String text) {
        try {
            CredentialList list = CredentialList.parse(text, "c.yaml");
            assertThat(list.ofToken("")).isEmpty();
        } catch (ConfigException e) {
            assertThat(e).hasMessageContaining("c.yaml");
            assertThat(e.getMessage()).doesNotContain("hunter2");
        }
    }

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> keys = Arbitraries.of("a", "b", "  token-hash", "  password-hash", "  surveys", "?", "a b");
        Arbitrary<String> values = Arbitraries.of(
                "",
                "hunter2",
                TOKEN_HASH,
                PASSWORD_HASH,
                "['*']",
                "planck/*",
                "{token-hash: hunter2}",
                "[hunter2]",
                "'");
        Arbitrary<String> lines = Arbitraries.oneOf(
                Combinators.combine(keys, values).as((key, value) -> key + ": " + value),
                Arbitraries.strings().ofMaxLength(20));
        return lines.list().ofMaxSize(8).map(list -> String.join("\n", list));
    }
}
