package org.hipsnode.mirror.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Results<Integer> results = new Results<>();

    @Test
    void givesEachOnceAndInSequence() throws InterruptedException {
        var worker = Executors.newSingleThreadExecutor();
        worker.execute(() -> IntStream.range(0, 10_000).forEach(results::add));
        List<Integer> taken = new ArrayList<>();
        while (taken.size() < 10_000) {
            taken.addAll(results.take(4, 10));
        }
        worker.shutdown();
        assertThat(taken).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
        assertThat(results.take(1, 1)).isEmpty();
    }

    @Test
    void waitsNotForMoreThanHasComeInTime() throws InterruptedException {
        results.add(1);
        assertThat(results.take(2, 1)).containsExactly(1);
    }

    @Test
    void waitsNotWhenThereIsEnough() throws InterruptedException {
        results.add(1);
        results.add(2);
        long began = System.nanoTime();
        assertThat(results.take(2, TimeUnit.DAYS.toMillis(1))).containsExactly(1, 2);
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.HOURS.toNanos(1));
    }
}
