package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.sky.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with one survey neither opens it nor harms another. */
class OddSurveysTest {
    private static final String GOOD = """
            creator_did = ivo://t/P/good
            hips_frame  = equatorial
            hips_order  = 3
            hips_status = public master
            """;

    @TempDir
    private Path data;

    private static void await(ServerFixture server, String path, int status) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (server.get(path).statusCode() != status && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        assertThat(server.get(path).statusCode()).as(path).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "30", "-2147483648", "99999999999"})
    void anImpossibleOrderDoesNotKeepTheNodeFromSeeingWhatChanges(String order) throws IOException {
        ServerFixture.survey(data.resolve("good"), GOOD);
        ServerFixture.survey(data.resolve("odd"), GOOD.replace("= 3", "= " + order));
        byte[] everywhere = MocFits.write(Moc.fullSky(3), Frame.EQUATORIAL.letter(), MocFits.Encoding.NUNIQ);
        Files.write(data.resolve("odd/Moc.fits"), everywhere);
        try (ServerFixture server = ServerFixture.serving(data)) {
            assertThat(server.get("/good/properties").statusCode()).isEqualTo(200);
            Files.writeString(data.resolve("good/properties"), GOOD.replace("public", "private"));
            ServerFixture.survey(data.resolve("new"), GOOD);
            await(server, "/good/properties", 401);
            await(server, "/new/properties", 200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hips_status = private",
                "hips_status =",
                "hips_status = public private",
                "hips_status : private",
                "hips_status = public\nhips_status = private",
                "HIPS_STATUS = public",
                "hips_status = pubic master"
            })
    void whatMayHaveMeantPrivateIsPrivate(String status) throws IOException {
        ServerFixture.survey(data.resolve("s"), GOOD.replace("hips_status = public master", status), "a.png", "a");
        try (ServerFixture server = ServerFixture.serving(data)) {
            assertThat(server.get("/s/a.png").statusCode()).isEqualTo(401);
            assertThat(new String(server.get("/hipslist").body(), StandardCharsets.UTF_8))
                    .doesNotContain("ivo://t/P/good");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "creator_did = ivo://t/P/good\n"})
    void aPrivateSurveyThatLosesItsStatusStaysPrivate(String cut) throws IOException {
        ServerFixture.survey(data.resolve("s"), GOOD.replace("public", "private"), "a.png", "a");
        ServerFixture.survey(data.resolve("other"), GOOD);
        try (ServerFixture server = ServerFixture.serving(data)) {
            assertThat(server.get("/s/a.png").statusCode()).isEqualTo(401);
            Files.writeString(data.resolve("s/properties"), cut);
            Files.writeString(data.resolve("other/properties"), GOOD.replace("public", "private"));
            await(server, "/other/properties", 401); // by then both were looked at
            assertThat(server.get("/s/a.png").statusCode()).isNotEqualTo(200);
        }
    }

    @Test
    void aSurveyWithoutStatusIsPublicAsTheStandardSays() throws IOException {
        ServerFixture.survey(data.resolve("s"), "creator_did = ivo://t/P/s\n", "a.png", "a");
        try (ServerFixture server = ServerFixture.serving(data)) {
            assertThat(server.get("/s/a.png").statusCode()).isEqualTo(200);
        }
    }
}
