package org.hipsnode.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionTest {
    private static HipsProperties list(String text) throws IOException {
        return HipsProperties.parse(text.getBytes(StandardCharsets.UTF_8), "properties");
    }

    @ParameterizedTest
    @CsvSource({
        "public master clonable, public mirror clonable",
        "public master clonableOnce, public mirror unclonable",
        "public mirror clonable, public mirror clonable",
        "public partial clonable, public partial clonable",
        "private master clonable, private mirror clonable",
        "privat master clonable, private mirror clonable",
        "'', public mirror unclonable"
    })
    void aCopyIsCalledAMirror(String origin, String here) throws IOException {
        HipsProperties list = list("hips_status = " + origin + "\n");
        assertThat(Permission.refusal(list)).isEmpty();
        assertThat(Permission.rewritten(list, Optional.empty()).value("hips_status"))
                .contains(here);
    }

    @ParameterizedTest
    @CsvSource({"public master unclonable", "public mirror clonableOnce", "public mirror", "partial clonableOnce"})
    void whatMustNotBeCopiedIsNot(String status) throws IOException {
        assertThat(Permission.refusal(list("hips_status = " + status + "\n")).orElseThrow())
                .contains("found hips_status");
    }

    @Test
    void everyOtherLineStaysAsItWas() throws IOException {
        HipsProperties list = list("""
                # note
                creator_did=ivo://t/P/x
                hips_status= public master clonable
                hips_release_date = 2026
                hips_service_url=https://t/x
                moc_access_url=https://t/m
                odd line
                """);
        assertThat(Permission.rewritten(list, Optional.of("https://n/x"))).hasToString("""
                # note
                creator_did=ivo://t/P/x
                hips_status          = public mirror clonable
                hips_release_date = 2026
                hips_service_url     = https://n/x
                odd line
                """);
        assertThat(Permission.rewritten(list, Optional.empty()).value("hips_service_url"))
                .isEmpty();
    }
}
