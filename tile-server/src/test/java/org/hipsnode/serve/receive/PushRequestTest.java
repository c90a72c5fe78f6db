package org.hipsnode.serve.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hipsnode.manifest.Digest;
import org.hipsnode.serve.request.RequestPath;
import org.hipsnode.store.FileName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushRequestTest {
    private static final Digest RELEASE = Digest.of(new byte[] {1});
    private static final String PLACE = "/planck/co/.hipsnode/push";

    private static Optional<PushRequest> parse(String method, String path) {
        return PushRequest.parse(method, RequestPath.parse(path).segments());
    }

    @Test
    void allThatTheProtocolHasIsRead() {
        assertThat(parse("POST", PLACE)).contains(new PushRequest.Begin("planck/co"));
        assertThat(parse("GET", PLACE + "/" + RELEASE)).contains(new PushRequest.Wanted("planck/co", RELEASE));
        assertThat(parse("POST", PLACE + "/" + RELEASE)).contains(new PushRequest.Publish("planck/co", RELEASE));
        assertThat(parse("DELETE", PLACE + "/" + RELEASE)).contains(new PushRequest.Abandon("planck/co", RELEASE));
        assertThat(parse("PUT", PLACE + "/" + RELEASE + "/a%20folder/Moc.fits"))
                .contains(new PushRequest.Put("planck/co", RELEASE, "a folder/Moc.fits"));
        assertThat(parse("PUT", PLACE + "/" + RELEASE + "/.hipsnode/provenance.json"))
                .contains(new PushRequest.Put("planck/co", RELEASE, ".hipsnode/provenance.json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.hipsnode/push",
                "/planck/co/.hipsnode",
                "/planck/co/.hipsnode/pull",
                "/planck/co/.hipsnode/push/0123",
                "/planck/co/.hipsnode/push/%s/../../../../etc/passwd",
                "/planck/co/.hipsnode/push/%s/.ssh/authorized_keys",
                "/planck/co/.hipsnode/push/%s/a%%2f..%%2fb",
                "/../planck/.hipsnode/push",
                "/.hipsnode/co/.hipsnode/push",
                "/a/b/c/d/e/f/g/h/i/.hipsnode/push"
            })
    void whatCouldReachAnotherPlaceIsNoRequest(String path) {
        for (String method : List.of("POST", "PUT", "GET", "DELETE")) {
            assertThat(parse(method, path.formatted(RELEASE))).as(method).isEmpty();
        }
    }

    @Property
    void anyPathIsARequestWithSafeNamesOrNone(
            @ForAll String method, @ForAll @Size(max = 6) List<String> before, @ForAll List<String> after) {
        List<String> segments = new java.util.ArrayList<>(before);
        segments.addAll(List.of(".hipsnode", "push", RELEASE.toString()));
        segments.addAll(after);
        for (String verb : List.of(method, "PUT", "POST")) {
            PushRequest.parse(verb, segments).ifPresent(request -> {
                assertThat(FileName.isValid(request.survey())).isTrue();
                if (request instanceof PushRequest.Put put) {
                    assertThat(FileName.isValid(put.name())).isTrue();
                }
            });
        }
    }
}
