package org.hipsnode.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OrderedWorkTest {

    @Test
    void resultsComeInTheSequenceOfTheTasksWhoeverIsFaster() throws IOException {
        List<Integer> results = new ArrayList<>();
        CountDownLatch lastDone = new CountDownLatch(1);
        try (OrderedWork<Integer> work = new OrderedWork<>(2, results::add)) {
            work.give(() -> {
                lastDone.await();
                return 0;
            });
            for (int i = 1; i < 100; i++) {
                int number = i;
                work.give(() -> number);
            }
            work.give(() -> {
                lastDone.countDown();
                return 100;
            });
            work.finish();
        }
        assertThat(results).isEqualTo(IntStream.rangeClosed(0, 100).boxed().toList());
    }

    @Test
    void whoGivesWaitsForThoseWhoDo() throws IOException {
        int[] taken = {0};
        int mostAhead = 0;
        try (OrderedWork<Integer> work = new OrderedWork<>(2, r -> taken[0]++)) {
            for (int given = 1; given <= 10_000; given++) {
                work.give(() -> 1);
                mostAhead = Math.max(mostAhead, given - taken[0]);
            }
            work.finish();
        }
        assertThat(taken[0]).isEqualTo(10_000);
        assertThat(mostAhead).isBetween(2, 128);
    }

    @Test
    void aFailureIsThrownAsItWas() throws IOException {
        IOException checked = new IOException("checked");
        IllegalStateException unchecked = new IllegalStateException("unchecked");
        AssertionError error = new AssertionError("error");
        for (Exception cause : List.of(checked, unchecked)) {
            try (OrderedWork<Integer> work = new OrderedWork<>(1, r -> {})) {
                work.give(() -> {
                    throw cause;
                });
                assertThatThrownBy(work::finish).isSameAs(cause);
            }
        }
        try (OrderedWork<Integer> work = new OrderedWork<>(1, r -> {})) {
            work.give(() -> {
                throw error;
            });
            assertThatThrownBy(work::finish).isSameAs(error);
            work.give(() -> {
                throw new InterruptedException("odd");
            });
            assertThatThrownBy(work::finish).isInstanceOf(IOException.class).hasMessageContaining("odd");
        }
    }

    @Test
    void whatIsNotDoneWhenItEndsIsDropped() throws IOException {
        AtomicInteger done = new AtomicInteger();
        try (OrderedWork<Integer> work = new OrderedWork<>(1, r -> {})) {
            for (int i = 0; i < 50; i++) {
                work.give(() -> {
                    TimeUnit.SECONDS.sleep(30);
                    return done.incrementAndGet();
                });
            }
        }
        assertThat(done).hasValue(0);
    }
}
