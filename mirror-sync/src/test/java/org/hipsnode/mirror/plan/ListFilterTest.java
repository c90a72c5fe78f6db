package org.hipsnode.mirror.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FileName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListFilterTest {
    private static final HipsProperties SURVEY = HipsProperties.empty()
            .with("creator_did", "ivo://CDS/P/DSS2/color")
            .with("client_category", "Image/Optical/DSS")
            .withAll("obs_regime", List.of("Optical", "Infrared"));

    @ParameterizedTest
    @CsvSource({
        "client_category=Image/*,true",
        "client_category=image/optical/dss,true",
        "client_category=Image,false",
        "obs_regime=Infrared,true",
        "obs_regime=In?rared,true",
        "obs_regime=In?ared,false",
        "creator_did=ivo://CDS/P/DSS2/*,true",
        "creator_did=ivo:..CDS*,false",
        "nothing=*,false"
    })
    void aConditionIsAKeywordAndAPattern(String condition, boolean fits) {
        assertThat(ListFilter.parse(List.of(condition)).accepts(SURVEY)).isEqualTo(fits);
    }

    @Test
    void allConditionsMustFit() {
        assertThat(ListFilter.parse(List.of("obs_regime=Optical", "obs_regime=Infrared"))
                        .accepts(SURVEY))
                .isTrue();
        assertThat(ListFilter.parse(List.of("obs_regime=Optical", "obs_regime=Radio"))
                        .accepts(SURVEY))
                .isFalse();
        assertThat(ListFilter.parse(List.of()).accepts(SURVEY)).isTrue();
    }

    @Test
    void aConditionWithoutEqualsSignIsRefused() {
        assertThatThrownBy(() -> ListFilter.parse(List.of("Image")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keyword=pattern");
    }

    @Test
    void aSurveyLiesInAFolderOfItsId() {
        assertThat(ListFilter.folder(SURVEY)).contains("CDS/P/DSS2/color");
        assertThat(ListFilter.folder(SURVEY.with("creator_did", "ivo://CDS?P/x")))
                .contains("CDS/P/x");
        assertThat(ListFilter.folder(SURVEY.with("creator_did", "ivo://../../x")))
                .isEmpty();
        assertThat(ListFilter.folder(HipsProperties.empty())).isEmpty();
    }

    @Property
    void noIdLeadsOutOfTheFolder(@ForAll String id) {
        Optional<String> folder;
        try {
            folder = ListFilter.folder(HipsProperties.empty().with("creator_did", "ivo://" + id));
        } catch (IllegalArgumentException e) {
            return; // no value of a keyword
        }
        folder.ifPresent(name ->
                assertThat(FileName.isValid(name) && !name.startsWith(".")).isTrue());
    }

    @Property
    void anyPatternIsOne(@ForAll String pattern) {
        ListFilter.parse(List.of("obs_title=" + pattern)).accepts(SURVEY);
    }
}
