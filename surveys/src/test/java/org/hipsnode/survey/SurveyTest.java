package org.hipsnode.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.SharedData;
import org.hipsnode.io.TooLargeException;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.MemoryStore;
import org.hipsnode.store.SurveyStore;
import org.junit.jupiter.api.Test;

class SurveyTest {
    private static final byte[] PROPERTIES = "obs_title = T\nhips_order = 3\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void opensWhatHasAKeywordList() throws IOException {
        Moc moc = new Moc.Builder(3).add(3, 42).build();
        SurveyStore store = new MemoryStore(
                Map.of("properties", PROPERTIES, "Moc.fits", MocFits.write(moc, 'C', MocFits.Encoding.NUNIQ)));
        Survey survey = Survey.open(store).orElseThrow();
        assertThat(survey.store()).isSameAs(store);
        assertThat(survey.properties().title()).contains("T");
        assertThat(survey.properties().order()).hasValue(3);
        assertThat(survey.coverage()).contains(moc);
    }

    @Test
    void isNoSurveyWithoutAKeywordList() throws IOException {
        assertThat(Survey.open(new MemoryStore(Map.of("Moc.fits", new byte[3]))))
                .isEmpty();
    }

    @Test
    void opensASurveyWhoseCoverageIsMissingOrBad() throws IOException {
        assertThat(Survey.open(new MemoryStore(Map.of("properties", PROPERTIES)))
                        .orElseThrow()
                        .coverage())
                .isEmpty();
        assertThat(Survey.open(new MemoryStore(Map.of("properties", PROPERTIES, "Moc.fits", new byte[3])))
                        .orElseThrow()
                        .coverage())
                .isEmpty();
    }

    @Test
    void refusesAKeywordListThatIsTooLarge() {
        SurveyStore store = new MemoryStore(Map.of("properties", new byte[HipsProperties.MAX_BYTES + 1]));
        assertThatThrownBy(() -> Survey.open(store)).isInstanceOf(TooLargeException.class);
    }

    @Test
    void passesOnThatTheKeywordListCannotBeRead() {
        SurveyStore store = new SurveyStore() {
            @Override
            public Optional<byte[]> read(String name, int limit) throws IOException {
                throw new IOException("no network");
            }
        };
        assertThatThrownBy(() -> Survey.open(store))
                .isInstanceOf(IOException.class)
                .hasMessage("no network");
    }

    @Test
    void opensARealSurvey() throws IOException {
        FolderStore store = new FolderStore(SharedData.require("hips/aladin-lite/CDS_P_DSS2_color"));
        Survey survey = Survey.open(store).orElseThrow();
        assertThat(survey.properties().order()).hasValue(7);
        assertThat(survey.coverage()).isPresent();
    }
}
