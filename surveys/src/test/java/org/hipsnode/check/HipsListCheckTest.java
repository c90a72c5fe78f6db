package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hipsnode.check.SmallSurvey.assertFound;
import static org.hipsnode.check.SmallSurvey.assertOnly;
import static org.hipsnode.check.SmallSurvey.assertSilent;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.SharedData;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.properties.HipsList;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.MemoryStore;
import org.hipsnode.store.SurveyStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HiPS 1.0 §5.2. */
class HipsListCheckTest {
    private static final String URL = "https://hips.example/small";
    private static final String ID = "ivo://idoc/P/small";

    private static HipsProperties record() {
        return SmallSurvey.ofImages().properties().with("hips_service_url", URL);
    }

    private static SurveyStore survey(HipsProperties own) {
        return new MemoryStore(Map.of("properties", own.toBytes()));
    }

    private static Findings check(HipsProperties record, HipsProperties own) {
        return HipsListCheck.check(
                List.of(record), url -> url.equals(URL) ? Optional.of(survey(own)) : Optional.empty());
    }

    @Test
    void hasNothingToSayOfAGoodList() {
        assertSilent(check(record(), record()));
        assertSilent(check(record(), record().without("hips_service_url").with("obs_ack", "more")));
        assertSilent(check(record().without("obs_title"), record()));
        assertSilent(HipsListCheck.check(List.of(record()), url -> Optional.empty()));
    }

    @Test
    void tellsOfAnEmptyList() {
        assertOnly(HipsListCheck.check(List.of(), url -> Optional.empty()), Severity.WARNING, "list", "no record");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hips_release_date", "hips_service_url", "hips_status"})
    void missesWhatARecordNeeds(String key) {
        assertOnly(check(record().without(key), record()), Severity.ERROR, ID, key, "required");
    }

    @Test
    void numbersTheRecordsThatHaveNoName() {
        HipsProperties nameless = record().without("creator_did");
        Findings findings = HipsListCheck.check(List.of(record(), nameless), url -> Optional.empty());
        assertOnly(findings, Severity.ERROR, "record 2", "creator_did");
    }

    @Test
    void tellsOfARecordThatStandsTwice() {
        assertOnly(
                HipsListCheck.check(List.of(record(), record()), url -> Optional.empty()),
                Severity.WARNING,
                ID,
                "twice");
        HipsProperties mirror = record().with("hips_service_url", "https://mirror.example/small");
        assertSilent(HipsListCheck.check(List.of(record(), mirror), url -> Optional.empty()));
    }

    @Test
    void tellsOfASlashAtTheEndOfAnAddress() {
        HipsProperties record = record().with("hips_service_url", URL + "/");
        assertOnly(
                HipsListCheck.check(List.of(record), url -> Optional.empty()),
                Severity.WARNING,
                ID,
                "without slash",
                "'" + URL + "/'");
    }

    @Test
    void tellsOfValuesThatTheSurveyDoesNotHave() {
        assertOnly(
                check(record().with("hips_release_date", "2020-01-01T00:00Z"), record()),
                Severity.WARNING,
                ID + " hips_release_date",
                "2020-01-01T00:00Z",
                "2026-11-22T09:30Z");
        assertOnly(
                check(record().withAll("obs_regime", List.of("Optical", "UV")), record()),
                Severity.WARNING,
                ID + " obs_regime",
                "'Optical', 'UV'");
    }

    /** A copy that says so in the list, of which the survey itself does not know. */
    @Test
    void leavesTheStatusToTheList() {
        assertSilent(check(record().with("hips_status", "public mirror unclonable"), record()));
    }

    @Test
    void tellsOfAddressesWithoutSurvey() {
        SurveyStore empty = new MemoryStore(Map.of());
        assertOnly(
                HipsListCheck.check(List.of(record()), url -> Optional.of(empty)),
                Severity.ERROR,
                ID,
                "no properties at '" + URL + "'");
        assertOnly(
                HipsListCheck.check(List.of(record()), url -> {
                    throw new IOException("no such host");
                }),
                Severity.ERROR,
                ID,
                "'" + URL + "'",
                "no such host");
        SurveyStore huge = new MemoryStore(Map.of("properties", new byte[HipsProperties.MAX_BYTES + 1]));
        assertOnly(HipsListCheck.check(List.of(record()), url -> Optional.of(huge)), Severity.ERROR, ID, "too large");
    }

    @Test
    void looksAtTheRealLists() throws IOException {
        assertOnly(real("cdeil.hipslist"), Severity.WARNING, "ivo://MPIK/P/CTA-DC1", "without slash");
        assertFound(real("itoncek.hipslist"), Severity.ERROR, "record 1", "creator_did");
        assertThat(real("hipspy_surveys.txt").all()).isEmpty();
    }

    private static Findings real(String name) throws IOException {
        byte[] content = Files.readAllBytes(SharedData.require("hipslist/" + name));
        return HipsListCheck.check(HipsList.parse(content, name), url -> Optional.empty());
    }
}
