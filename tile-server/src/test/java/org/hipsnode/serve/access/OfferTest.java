package org.hipsnode.serve.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferTest {
    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatClientsSend() {
        assertThat(Offer.parse(List.of("Bearer hipsnode_A-b.c~d+e/f==")))
                .isEqualTo(new Offer.Bearer("hipsnode_A-b.c~d+e/f=="));
        assertThat(Offer.parse(List.of(" bEARER   t "))).isEqualTo(new Offer.Bearer("t"));
        // the example of RFC 7617 §2
        assertThat(Offer.parse(List.of("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")))
                .isEqualTo(new Offer.Basic("Aladdin", "open sesame"));
        // and the one of §2.1
        assertThat(Offer.parse(List.of("basic dGVzdDoxMjPCow=="))).isEqualTo(new Offer.Basic("test", "123£"));
        assertThat(Offer.parse(List.of(basic("a:b:c")))).isEqualTo(new Offer.Basic("a", "b:c"));
        assertThat(Offer.parse(List.of(basic(":")))).isEqualTo(new Offer.Basic("", ""));
    }

    static Stream<String> noCredentials() {
        return Stream.of(
                "",
                "Bearer",
                "Bearer ",
                "Bearer =",
                "Bearer two words",
                "Bearer ü",
                "Bearer a,b",
                "Bearer a\u0000",
                "Basic",
                "Basic !",
                "Basic QQ",
                basic("no colon"),
                basic("a:\u0000"),
                basic("a\n:b"),
                "Basic " + Base64.getEncoder().encodeToString(new byte[] {'a', ':', (byte) 0xff}),
                "Digest username=\"a\"",
                "Bearer " + "a".repeat(Offer.MAX_LENGTH));
    }

    @ParameterizedTest
    @MethodSource("noCredentials")
    void anythingElseIsNoCredential(String header) {
        assertThat(Offer.parse(List.of(header))).isEqualTo(new Offer.None());
    }

    @Test
    void noneAndSeveralAreNone() {
        assertThat(Offer.parse(List.of())).isEqualTo(new Offer.None());
        assertThat(Offer.parse(List.of("Bearer a", "Bearer a"))).isEqualTo(new Offer.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer hunter2", "Basic bWU6aHVudGVyMg=="})
    void noSecretIsInItsText(String header) {
        assertThat(Offer.parse(List.of(header)).toString()).doesNotContain("hunter2");
    }

    @Property(tries = 3000)
    void anyHeaderIsRead(@ForAll("headers") String header) {
        Offer offer = Offer.parse(List.of(header));
        if (offer instanceof Offer.Bearer bearer) {
            assertThat(header).contains(bearer.token());
            assertThat(bearer.token()).matches("[!-~]+");
        } else if (offer instanceof Offer.Basic basic) {
            assertThat(basic.name()).doesNotContain(":");
        }
    }

    @Property(tries = 1000)
    void anyPairComesThrough(
            @ForAll @StringLength(max = 40) String name, @ForAll @StringLength(max = 40) String secret) {
        boolean possible = !name.contains(":")
                && StandardCharsets.UTF_8.newEncoder().canEncode(name + secret)
                && (name + secret).chars().noneMatch(Character::isISOControl);
        Offer offer = Offer.parse(List.of(basic(name + ":" + secret)));
        if (possible) {
            assertThat(offer).isEqualTo(new Offer.Basic(name, secret));
        } else if ((name + secret).chars().anyMatch(Character::isISOControl)) {
            assertThat(offer).isEqualTo(new Offer.None());
        }
    }

    @Provide
    Arbitrary<String> headers() {
        Arbitrary<String> schemes = Arbitraries.of("Bearer", "basic", "BASIC", "Digest", "", " ", "Bearer Basic");
        Arbitrary<String> blanks = Arbitraries.of(" ", "", "\t", "  ", "\u00a0");
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30),
                Arbitraries.strings().withChars("abcXYZ019+/=:-_.~ ").ofMaxLength(30),
                Arbitraries.strings().ofMaxLength(20).map(s -> basic(s).substring(6)));
        return Combinators.combine(schemes, blanks, values).as((s, b, v) -> s + b + v);
    }
}
