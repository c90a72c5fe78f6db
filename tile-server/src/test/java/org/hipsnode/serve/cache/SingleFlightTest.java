package org.hipsnode.serve.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private final AtomicInteger shared = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final SingleFlight<String, String> flights = new SingleFlight<>(new SingleFlight.Sharing<>() {
        @Override
        public void share(String value) {
            shared.incrementAndGet();
        }

        @Override
        public void finish(String value) {
            finished.incrementAndGet();
        }
    });

    @Test
    void aThousandWhoAskAtOnceCauseOneLoad() {
        AtomicInteger loads = new AtomicInteger();
        CompletableFuture<String> load = new CompletableFuture<>();
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            asked.add(flights.join("tile", () -> {
                loads.incrementAndGet();
                return load;
            }));
        }
        load.complete("bytes");
        assertThat(loads).hasValue(1);
        assertThat(asked).allSatisfy(one -> assertThat(one).isCompletedWithValue("bytes"));
        assertThat(shared).hasValue(1000);
        assertThat(finished).hasValue(1);
    }

    @Test
    void whoAsksAfterwardsCausesAnother() {
        assertThat(flights.join("tile", () -> CompletableFuture.completedFuture("old")))
                .isCompletedWithValue("old");
        assertThat(flights.join("tile", () -> CompletableFuture.completedFuture("new")))
                .isCompletedWithValue("new");
    }

    @Test
    void aFailureReachesEverybodyAndIsNotKept() {
        CompletableFuture<String> load = new CompletableFuture<>();
        CompletableFuture<String> first = flights.join("tile", () -> load);
        CompletableFuture<String> second = flights.join("tile", () -> load);
        load.completeExceptionally(new IllegalStateException("disk"));
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(shared).hasValue(0);
        assertThat(flights.join("tile", () -> CompletableFuture.completedFuture("there")))
                .isCompletedWithValue("there");
    }
}
