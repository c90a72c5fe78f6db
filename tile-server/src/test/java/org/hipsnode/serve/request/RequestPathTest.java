package org.hipsnode.serve.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.request.RequestPath.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {

    @Test
    void splitsAndDecodesPaths() {
        RequestPath path = RequestPath.parse("/planck/co%20map/Norder3/Dir0/Npix5.fits?v=3#x");
        assertThat(path.verdict()).isEqualTo(Verdict.GOOD);
        assertThat(path.segments()).containsExactly("planck", "co map", "Norder3", "Dir0", "Npix5.fits");
        assertThat(path.folder()).isFalse();
        assertThat(path.text()).isEqualTo("planck/co map/Norder3/Dir0/Npix5.fits");
    }

    @Test
    void theHostMayBeNamedToo() {
        assertThat(RequestPath.parse("http://host:80/a/b?q").text()).isEqualTo("a/b");
        assertThat(RequestPath.parse("HTTPS://host").segments()).isEmpty();
        assertThat(RequestPath.parse("http://host?q").segments()).isEmpty();
    }

    @Test
    void doubledAndTrailingSlashesAreForgiven() {
        assertThat(RequestPath.parse("//a///b/").segments()).containsExactly("a", "b");
        assertThat(RequestPath.parse("/a/b/").folder()).isTrue();
        assertThat(RequestPath.parse("/").segments()).isEmpty();
        assertThat(RequestPath.parse("/?query").segments()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/../etc/passwd, IMPOSSIBLE",
        "/a/../../etc/passwd, IMPOSSIBLE",
        "/a/%2e%2e/b, IMPOSSIBLE",
        "/a/%2E%2E%2fb, IMPOSSIBLE",
        "/a/./b, IMPOSSIBLE",
        "/.git/config, IMPOSSIBLE",
        "/.name.hipsnode/lock, IMPOSSIBLE",
        "/a/.hipsnode2/lock, IMPOSSIBLE",
        "/a/.hipsnode/../b, IMPOSSIBLE",
        "/a%00b, IMPOSSIBLE",
        "/a%0d%0aSet-Cookie:x, IMPOSSIBLE",
        "/a%5cb, IMPOSSIBLE",
        "/a%2fb, IMPOSSIBLE",
        "/a%zz, MALFORMED",
        "/a%2, MALFORMED",
        "/a%, MALFORMED",
        "/a%ff%fe, MALFORMED",
        "/a%c0%af, MALFORMED",
        "relative, MALFORMED",
        "http:///a, MALFORMED",
        "ftp://host/a, MALFORMED",
        "http://host/../a, IMPOSSIBLE",
        "*, MALFORMED",
        "'', MALFORMED"
    })
    void refusesTricks(String target, Verdict verdict) {
        assertThat(RequestPath.parse(target)).isEqualTo(new RequestPath(verdict, List.of(), false));
    }

    @Test
    void refusesLongPaths() {
        assertThat(RequestPath.parse("/" + "a".repeat(2048)).verdict()).isEqualTo(Verdict.TOO_LONG);
        assertThat(RequestPath.parse("/" + "a".repeat(2000)).verdict()).isEqualTo(Verdict.GOOD);
    }

    @Property(tries = 5000)
    void anyTargetGetsAVerdictAndNoSegmentIsDangerous(@ForAll("targets") String target) {
        for (String segment : RequestPath.parse(target).segments()) {
            assertThat(segment).isNotEmpty().doesNotContain("/", "\\", "\0", "\n");
            assertThat(segment.startsWith(".") && !segment.equals(".hipsnode")).isFalse();
        }
    }

    @Provide
    Arbitrary<String> targets() {
        Arbitrary<String> pieces = Arbitraries.of(
                "/",
                ".",
                "..",
                "%",
                "%2e",
                "%2f",
                "%5c",
                "%00",
                "%c3%a9",
                "%ff",
                "a",
                "é",
                "\\",
                "?",
                "#",
                "\0",
                "Norder3",
                "hipsnode",
                ".hipsnode");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(20).map(l -> "/" + String.join("", l)),
                Arbitraries.strings().ofMaxLength(60));
    }

    @Property
    void encodedPathsAreReadBack(@ForAll("names") String name) {
        String encoded = "/" + WebAddress.encode(name);
        assertThat(encoded).matches("[\\x21-\\x7e]+").doesNotContain("\"", "<", ">", "'", "&");
        assertThat(RequestPath.parse(encoded).text()).isEqualTo(name);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("abcXYZ019 éß漢'\"<>&%?#+;=")
                .ofMinLength(1)
                .ofMaxLength(12);
    }
}
