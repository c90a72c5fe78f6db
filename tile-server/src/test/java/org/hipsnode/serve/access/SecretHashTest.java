package org.hipsnode.serve.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretHashTest {
    /** By Python 3.11: {@code hashlib.pbkdf2_hmac('sha256', 'pässword'.encode(), salt, 100000).hex()}. */
    private static final String BY_PYTHON = "pbkdf2-sha256 100000 00112233445566778899aabbccddeeff "
            + "b335323288dc70252f7fcc968b0d49a0e4593f0cb9909479c3c7af515a3c7aa1";

    /** By Python 3.11: {@code hashlib.sha256(b'hipsnode_abc').hexdigest()}. */
    private static final String TOKEN_BY_PYTHON =
            "sha256 3d42cbdd93af404088ba96cd73137f44b8a7662d52ce9b25fd6fc89f2bfdb774";

    @Test
    void knowsAPasswordThatAnotherProgramHashed() {
        SecretHash hash = SecretHash.OfPassword.parse(BY_PYTHON).orElseThrow();
        assertThat(hash.isOf("pässword")).isTrue();
        assertThat(hash.isOf("pa\u0308ssword"))
                .as("the same letters, typed otherwise")
                .isTrue();
        assertThat(hash.isOf("password")).isFalse();
        assertThat(hash.isOf("")).isFalse();
        assertThat(hash).hasToString(BY_PYTHON);
    }

    @Test
    void knowsATokenThatAnotherProgramHashed() {
        SecretHash hash = SecretHash.OfToken.parse(TOKEN_BY_PYTHON).orElseThrow();
        assertThat(hash.isOf("hipsnode_abc")).isTrue();
        assertThat(hash.isOf("hipsnode_abd")).isFalse();
        assertThat(hash).hasToString(TOKEN_BY_PYTHON);
    }

    @Test
    void theSamePasswordHasAnotherHashEachTime() {
        SecureRandom chance = new SecureRandom();
        SecretHash.OfPassword one = SecretHash.OfPassword.of("same", chance, 100_000);
        SecretHash.OfPassword other = SecretHash.OfPassword.of("same", chance, 100_000);
        assertThat(one.hash()).isNotEqualTo(other.hash());
        assertThat(one.isOf("same") && other.isOf("same")).isTrue();
        assertThat(SecretHash.OfPassword.parse(one.toString())).contains(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "pbkdf2-sha256 99999 00112233445566778899aabbccddeeff b335323288dc70252f7fcc968b0d49a0e4593f0cb9909479c3c7af515a3c7aa1",
                "pbkdf2-sha256 10000001 00112233445566778899aabbccddeeff b335323288dc70252f7fcc968b0d49a0e4593f0cb9909479c3c7af515a3c7aa1",
                "pbkdf2-sha256 100000 0011 b335323288dc70252f7fcc968b0d49a0e4593f0cb9909479c3c7af515a3c7aa1",
                "pbkdf2-sha256 100000 00112233445566778899aabbccddeefF b335323288dc70252f7fcc968b0d49a0e4593f0cb9909479c3c7af515a3c7aa1",
                "pbkdf2-sha256 100000 00112233445566778899aabbccddeeff b335323288dc70252f7fcc968b0d49a0e4593f0cb9909479c3c7af515a3c7aa",
                "sha256 3d42cbdd93af404088ba96cd73137f44b8a7662d52ce9b25fd6fc89f2bfdb7740"
            })
    void whatIsNoHashIsNotRead(String text) {
        assertThat(SecretHash.OfPassword.parse(text)).isEqualTo(Optional.empty());
        assertThat(SecretHash.OfToken.parse(text)).isEqualTo(Optional.empty());
    }
}
