package org.hipsnode.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hipsnode.properties.HipsStatus.Cloning;
import org.hipsnode.properties.HipsStatus.Role;
import org.hipsnode.properties.HipsStatus.Visibility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** standards.md §1.11. */
class HipsStatusTest {

    @Test
    void readsTheThreeWordsInEveryOrder() {
        for (Visibility visibility : Visibility.values()) {
            for (Role role : Role.values()) {
                for (Cloning cloning : Cloning.values()) {
                    HipsStatus status = new HipsStatus(visibility, role, cloning);
                    List<String> words = List.of(status.toString().split(" "));
                    assertThat(words).hasSize(3);
                    for (String text : orders(words)) {
                        assertThat(HipsStatus.parse(text)).as(text).isEqualTo(status);
                        assertThat(HipsStatus.unknownWords(text)).as(text).isEmpty();
                        assertThat(HipsStatus.hasRedundantWords(text)).as(text).isFalse();
                    }
                }
            }
        }
    }

    private static List<String> orders(List<String> words) {
        List<String> orders = new ArrayList<>();
        int[][] permutations = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        for (int[] p : permutations) {
            orders.add(words.get(p[0]) + " " + words.get(p[1]) + " " + words.get(p[2]));
        }
        return orders;
    }

    @ParameterizedTest
    @CsvSource({
        "'', public master clonableOnce",
        "public, public master clonableOnce",
        "private, private master clonableOnce",
        "mirror, public mirror clonableOnce",
        "unclonable, public master unclonable",
        "clonable, public master clonable",
        "clonableonce, public master clonableOnce",
        "'public, mirror,unclonable', public mirror unclonable",
        "'  public\tPARTIAL  unClonable ', public partial unclonable",
        "public master unclonable clonable, public master unclonable",
        "mirror partial, public mirror clonableOnce",
        "nonsense, public master clonableOnce"
    })
    void fillsInWhatIsLeftOutAndTakesTheFirstOfTwo(String text, String expected) {
        assertThat(HipsStatus.parse(text)).hasToString(expected);
    }

    @Test
    void anUnclonableSurveyIsNotClonable() {
        assertThat(HipsStatus.parse("public mirror unclonable").cloning()).isEqualTo(Cloning.UNCLONABLE);
        assertThat(HipsStatus.parse("unclonable mirror").cloning()).isEqualTo(Cloning.UNCLONABLE);
        assertThat(HipsStatus.parse("public master clonableOnce").cloning()).isEqualTo(Cloning.CLONABLE_ONCE);
        assertThat(HipsStatus.DEFAULT).isEqualTo(HipsStatus.parse(""));
    }

    @Test
    void namesTheWordsThatMeanNothing() {
        assertThat(HipsStatus.unknownWords("public open mirror cloneable")).containsExactly("open", "cloneable");
        assertThat(HipsStatus.unknownWords("")).isEmpty();
        assertThat(HipsStatus.unknownWords(" , ;")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public private",
                "public public",
                "master mirror",
                "mirror partial clonable",
                "clonable unclonable",
                "clonableOnce clonable"
            })
    void findsTwoWordsForOneThing(String text) {
        assertThat(HipsStatus.hasRedundantWords(text)).isTrue();
    }

    @Property
    void anyTextIsAStatus(@ForAll String text) {
        assertThat(HipsStatus.parse(HipsStatus.parse(text).toString())).isEqualTo(HipsStatus.parse(text));
    }
}
