package org.hipsnode.mirror.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.mirror.remote.Secret;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.store.FileName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a push decides before anything is sent. */
class PushRulesTest {

    @ParameterizedTest
    @CsvSource({
        "public master clonable, GRANTED",
        "'', GRANTED",
        "public mirror clonable, GRANTED",
        "private master clonable, ASK_PRIVATE",
        "public master unclonable, ASK_UNCLONABLE",
        "public mirror clonableOnce, REFUSED",
        "private partial unclonable, REFUSED"
    })
    void whoMayCopyIsDecidedByTheStatus(String status, PushPermission expected) {
        assertThat(PushPermission.of(HipsStatus.parse(status))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "public master clonable, public mirror clonable",
        "public master clonableOnce, public mirror unclonable",
        "'', public mirror unclonable",
        "private partial clonable, private partial clonable"
    })
    void aCopySaysThatItIsOne(String status, String expected) throws IOException {
        HipsProperties copy = CopyProperties.of(properties("hips_status = " + status));
        assertThat(copy.value("hips_status")).contains(expected);
    }

    private static HipsProperties properties(String text) throws IOException {
        return HipsProperties.parse(text.getBytes(StandardCharsets.UTF_8), "test");
    }

    @Test
    void aCopyLeavesOutWhereTheMasterIsServedAndKeepsAllElse() throws IOException {
        HipsProperties copy = CopyProperties.of(properties("""
                creator_did = ivo://t/P/x
                hips_service_url = https://a.example/x
                moc_access_url = https://a.example/x/Moc.fits
                hips_release_date = 2026-01-01T00:00Z
                """));
        assertThat(copy.value("hips_master_url")).contains("https://a.example/x");
        assertThat(copy.keys())
                .containsExactlyInAnyOrder("creator_did", "hips_release_date", "hips_status", "hips_master_url");
    }

    @Property
    void whateverTheOtherSideWantsIsTheNameOfAFileOrRefused(@ForAll String text) throws IOException {
        try {
            assertThat(NodeTarget.names(text)).allMatch(FileName::isValid);
        } catch (MalformedDataException e) {
            assertThat(e).hasMessageContaining("what the other side wants");
        }
    }

    @Test
    void nothingOutsideOfTheSurveyIsSent() {
        assertThatThrownBy(() -> NodeTarget.names("properties\n../../etc/passwd\n"))
                .isInstanceOf(MalformedDataException.class);
    }

    @Property
    void aSecretIsReadOrNotAndNeverShown(@ForAll String text) {
        Secret.parse(text).ifPresent(secret -> assertThat(secret.toString()).isIn("Bearer ...", "Basic ..."));
    }

    @Test
    void aTokenAndAPasswordAreTold() {
        assertThat(Secret.parse("hipsnode_abc-_\n"))
                .hasValueSatisfying(s -> assertThat(s).hasToString("Bearer ..."));
        assertThat(Secret.parse("alice:secret"))
                .hasValueSatisfying(s -> assertThat(s).hasToString("Basic ..."));
        assertThat(Secret.parse("two words")).isEmpty();
        assertThat(Secret.parse("a\nb")).isEmpty();
    }
}
