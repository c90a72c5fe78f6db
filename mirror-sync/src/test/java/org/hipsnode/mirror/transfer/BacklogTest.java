package org.hipsnode.mirror.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BacklogTest {
    private static final int FILES = 100_000;

    private final Backlog backlog = new Backlog();

    private void fill() {
        for (int i = 0; i < Backlog.MOST; i++) {
            assertThat(backlog.hasRoom()).isTrue();
            backlog.added();
        }
    }

    @Test
    void whoFoundNoRoomIsToldOnceWhenFewAreLeft() {
        fill();
        assertThat(backlog.hasRoom()).isFalse();
        for (int left = Backlog.MOST - 1; left > Backlog.FEW; left--) {
            assertThat(backlog.done()).isFalse();
        }
        assertThat(backlog.done()).isTrue();
        assertThat(backlog.done()).isFalse();
        assertThat(backlog.hasRoom()).isTrue();
    }

    @Test
    void nobodyIsToldWhoDoesNotWait() {
        fill();
        for (int i = 0; i < Backlog.MOST; i++) {
            assertThat(backlog.done()).isFalse();
        }
    }

    /** One who waits to be told, as the network does, gets all files through two workers, and never has more than may be. */
    @Test
    void nobodyWaitsForEver() throws InterruptedException {
        BlockingQueue<Integer> files = new ArrayBlockingQueue<>(Backlog.MOST);
        Semaphore told = new Semaphore(0);
        Thread[] workers = {new Thread(() -> work(files, told)), new Thread(() -> work(files, told))};
        for (Thread worker : workers) {
            worker.start();
        }
        for (int i = 0; i < FILES; i++) {
            while (!backlog.hasRoom()) {
                told.acquire();
            }
            backlog.added();
            assertThat(files.offer(i)).isTrue();
        }
        for (int i = 0; i < workers.length; i++) {
            files.put(-1);
        }
        for (Thread worker : workers) {
            worker.join();
        }
    }

    private void work(BlockingQueue<Integer> files, Semaphore told) {
        try {
            while (files.take() >= 0) {
                if (backlog.done()) {
                    told.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
