package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskWorkTest {
    private final List<Runnable> aside = new ArrayList<>();
    private final DiskWork work = new DiskWork(aside::add);

    @Test
    void runsAtOnceWhileTheDiskIsQuick() {
        List<Integer> done = new ArrayList<>();
        work.execute(() -> done.add(1));
        assertThat(done).containsExactly(1);
        assertThat(aside).isEmpty();
    }

    @Test
    void goesAsideAfterALongLookAndComesBack() {
        work.execute(DiskWorkTest::waitLong);
        work.execute(() -> {});
        assertThat(aside).hasSize(1);
        for (int i = 0; i < 1000 && !aside.isEmpty(); i++) {
            aside.remove(0).run();
            work.execute(() -> {});
        }
        assertThat(aside).as("quick looks aside bring the next ones back").isEmpty();
    }

    private static void waitLong() {
        long end = System.nanoTime() + 100_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
