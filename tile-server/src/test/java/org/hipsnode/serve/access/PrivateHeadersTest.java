package org.hipsnode.serve.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateHeadersTest {
    private static final PrivateHeaders HEADERS = new PrivateHeaders(Set.of("https://a.example"));

    @Test
    void anAllowedPageMayReadWithCredentials() {
        assertThat(HEADERS.of(200, Optional.of("https://a.example"), Optional.empty()))
                .containsEntry("Access-Control-Allow-Origin", List.of("https://a.example"))
                .containsEntry("Access-Control-Allow-Credentials", List.of("true"))
                .containsEntry("Vary", List.of("Authorization, Origin"))
                .doesNotContainKeys("Access-Control-Expose-Headers", "Access-Control-Allow-Headers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://b.example",
                "https://a.example.evil.example",
                "http://a.example",
                "https://A.example",
                "https://a.example:8443",
                "null",
                "*",
                ""
            })
    void anyOtherPageMayNot(String origin) {
        assertThat(HEADERS.of(200, Optional.of(origin), Optional.empty()))
                .containsEntry("Access-Control-Allow-Origin", List.of())
                .containsEntry("Access-Control-Allow-Headers", List.of())
                .containsEntry("Vary", List.of("Authorization, Origin"))
                .doesNotContainKey("Access-Control-Allow-Credentials");
    }

    @ParameterizedTest
    @CsvSource({"200, max-age=0", "206, max-age=0", "304, max-age=0", "401, no-store", "403, no-store", "404, no-store"
    })
    void noCacheSharesIt(int status, String caching) {
        Map<String, List<String>> headers = HEADERS.of(status, Optional.empty(), Optional.of("Accept-Encoding"));
        assertThat(headers.get("Cache-Control"))
                .singleElement()
                .asString()
                .startsWith("private, ")
                .contains(caching);
        assertThat(headers.get("Vary")).containsExactly("Accept-Encoding, Authorization, Origin");
        assertThat(headers.containsKey("WWW-Authenticate")).isEqualTo(status == 401);
    }
}
