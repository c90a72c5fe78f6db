package org.hipsnode.serve.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HopsTest {

    @Test
    void readsAndWritesVia() {
        Hops hops = Hops.parse(List.of("1.0 fred, HTTP/1.1 p.example:80 (a comment)", "2 us"));
        assertThat(hops.names()).containsExactly("fred", "p.example:80", "us");
        assertThat(hops.isLoop("us")).isTrue();
        assertThat(hops.isLoop("you")).isFalse();
        assertThat(hops.with("you")).isEqualTo("1.1 fred, 1.1 p.example:80, 1.1 us, 1.1 you");
        assertThat(Hops.NONE.with("us")).isEqualTo("1.1 us");
    }

    @Test
    void tooManyHopsAreALoop() {
        Hops hops = Hops.NONE;
        for (int i = 0; i < 5; i++) {
            assertThat(hops.isLoop("us")).isFalse();
            hops = Hops.parse(List.of(hops.with("other" + i)));
        }
        assertThat(hops.isLoop("us")).isTrue();
    }

    @Property
    void anyHeaderIsRead(@ForAll List<String> headers) {
        Hops hops = Hops.parse(headers);
        assertThat(hops.names()).allSatisfy(name -> assertThat(name).isNotEmpty());
        assertThat(Hops.parse(List.of(hops.with("us"))).names()).contains("us");
    }
}
