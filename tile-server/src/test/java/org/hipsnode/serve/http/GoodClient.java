package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** A client that asks for a tile every few milliseconds while others misbehave, and notes what is not as it should be. */
final class GoodClient implements AutoCloseable {
    private static final int PAUSE_MILLIS = 5;

    private final ServerFixture server;
    private final String path;
    private final byte[] expected;
    private final List<String> wrong = new ArrayList<>();
    private final Thread thread = new Thread(this::ask, "good client");
    private int served;
    private volatile boolean enough;

    GoodClient(ServerFixture server, String path, byte[] expected) {
        this.server = server;
        this.path = path;
        this.expected = expected.clone();
        thread.start();
    }

    private void ask() {
        try {
            do { // once at least, however soon the others are through
                askOnce();
                Thread.sleep(PAUSE_MILLIS);
            } while (!enough);
        } catch (IOException | InterruptedException e) {
            wrong.add(e.toString());
        }
    }

    private void askOnce() throws IOException {
        HttpResponse<byte[]> answer = server.get(path);
        if (answer.statusCode() == 200 && java.util.Arrays.equals(answer.body(), expected)) {
            served++;
        } else {
            wrong.add(answer.statusCode() + " with " + answer.body().length + " bytes");
        }
    }

    /** Ends, and fails unless all was served right. */
    @Override
    public void close() {
        enough = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(wrong).as("answers to the good client").isEmpty();
        assertThat(served).as("tiles that the good client got").isPositive();
    }
}
