package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsPerConnectionTest {
    private static final String TILE = "/s/Norder3/Dir0/Npix5.png";
    private static final int MOST = 5;

    @TempDir
    private Path data;

    private String answersTo(String request) throws IOException {
        ServerFixture.survey(
                data.resolve("s"), "creator_did = ivo://t/P/s\nhips_order = 3\n", "Norder3/Dir0/Npix5.png", "tile");
        try (ServerFixture server =
                ServerFixture.serving(data, ServingOptions.defaults().withRequestsPerConnection(MOST))) {
            return server.raw(request.repeat(3 * MOST)); // it returns when the server has closed
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TILE, "/", "/s/Norder3/Dir0/Npix6.png"})
    void aConnectionEndsInOrderAfterItsLastRequest(String path) throws IOException {
        String answers = answersTo("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(MOST + 1);
        String last = answers.substring(answers.lastIndexOf("HTTP/1.1 "));
        assertThat(last).containsIgnoringCase("connection: close");
        assertThat(answers.substring(0, answers.length() - last.length()))
                .doesNotContainIgnoringCase("connection: close");
    }

    @Test
    void anAnswerOfTheFastPathIsWhole() throws IOException {
        assertThat(answersTo("GET " + TILE + " HTTP/1.1\r\nHost: a\r\n\r\n")).endsWith("tile");
    }
}
