package org.hipsnode.serve.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedCacheTest {
    private final CountedCache<Thing> cache = new CountedCache<>(100);

    /** Counts its users, as what holds memory does. */
    private static final class Thing implements Counted {
        private final int weight;
        private int users = 1;

        Thing(int weight) {
            this.weight = weight;
        }

        @Override
        public boolean take() {
            if (users == 0) {
                return false;
            }
            users++;
            return true;
        }

        @Override
        public void drop() {
            users--;
        }

        @Override
        public int weight() {
            return weight;
        }
    }

    private Thing kept(String name, int weight) {
        Thing thing = new Thing(weight);
        cache.put(name, thing);
        thing.drop();
        return thing;
    }

    @Test
    void keepsWhatItsMakerHasDropped() {
        Thing thing = kept("a", 10);
        assertThat(cache.take("a")).isSameAs(thing);
        assertThat(thing.users).isEqualTo(2);
        assertThat(cache.weight()).isEqualTo(10);
    }

    @Test
    void staysWithinItsWeightAndFreesWhatItLetsGoOf() {
        List<Thing> things = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            things.add(kept("thing " + i, 10));
        }
        assertThat(cache.weight()).isBetween(1L, 100L);
        assertThat(things.stream()
                        .filter(thing -> thing.users > 0)
                        .mapToInt(Thing::weight)
                        .sum())
                .isEqualTo((int) cache.weight());
        assertThat(cache.evictions()).isEqualTo(100 - cache.weight() / 10);
    }

    @Test
    void oneWhoUsesAThingKeepsItFromBeingFreed() {
        Thing thing = kept("a", 10);
        assertThat(cache.take("a")).isSameAs(thing);
        cache.clear();
        assertThat(thing.users).isEqualTo(1);
        assertThat(cache.take("a")).isNull();
        assertThat(cache.weight()).isZero();
    }

    @Test
    void anotherThingOfTheSameNameTakesItsPlace() {
        Thing old = kept("a", 10);
        Thing next = kept("a", 20);
        assertThat(cache.take("a")).isSameAs(next);
        assertThat(old.users).isZero();
        assertThat(cache.weight()).isEqualTo(20);
    }

    @Test
    void whatIsGoneIsNeitherTakenNorKept() {
        Thing thing = new Thing(10);
        thing.drop();
        cache.put("a", thing);
        assertThat(cache.take("a")).isNull();
        assertThat(cache.hasRoomFor(100)).isTrue();
        assertThat(cache.hasRoomFor(101)).isFalse();
    }
}
