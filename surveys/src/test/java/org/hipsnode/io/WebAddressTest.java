package org.hipsnode.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {

    private static WebAddress address(String text) {
        return WebAddress.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "http://host, http://host, http://host/properties",
        "http://host/, http://host, http://host/properties",
        "https://host:8443/a/b, https://host:8443/a/b, https://host:8443/a/b/properties",
        "https://host/a/b//, https://host/a/b, https://host/a/b/properties",
        "HTTPS://Host/A, HTTPS://Host/A, HTTPS://Host/A/properties",
        "http://[::1]:80/a, http://[::1]:80/a, http://[::1]:80/a/properties",
        "http://host/a%20b, http://host/a%20b, http://host/a%20b/properties",
        "http://host/été, http://host/%C3%A9t%C3%A9, http://host/%C3%A9t%C3%A9/properties",
        "http://host/a/../b, http://host/a/../b, http://host/a/../b/properties",
        "http://host/a?key=x, http://host/a, http://host/a/properties?key=x",
        "http://host?key=x, http://host, http://host/properties?key=x"
    })
    void readsAddressesAndThoseOfFilesBelow(String text, String shown, String file) {
        assertThat(address(text)).hasToString(shown);
        assertThat(address(text).file("properties").uri()).isEqualTo(URI.create(file));
        assertThat(address(text).hasQuery()).isEqualTo(text.contains("?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host/path",
                "//host/path",
                "ftp://host/",
                "file:///etc/passwd",
                "http:",
                "http://",
                "http:///path",
                "http:path",
                "http://host name/",
                "http://host/a b",
                "http://host:port/",
                "http://host:65536/",
                "http://host:99999999999/",
                "http://host/%",
                "http://host/%zz",
                "http://host/a#part",
                "http://user@host/",
                "http://user:word@host/",
                "http://[::1/",
                "http://host\n/",
                "http://host/\\"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThat(WebAddress.parse(text)).isEmpty();
    }

    @Test
    void cannotBeMadeOfAnotherUri() {
        assertThatThrownBy(() -> new WebAddress(URI.create("http://user:word@host/a?key=x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected an address of http or https without user and password, found 'http://...@host/a?...'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://host/a | http://host/a",
                "http://user:word@host/a | http://...@host/a",
                "http://user:w@rd/?#@host/a?key=x | http://...@host/a?...",
                "user:word@host | ...@host",
                "ftp://user:word@host | ftp://...@host",
                "http://host?key=x | http://host?...",
                "http://host/#key=x | http://host/?...",
                "http://host?key=a@b | http://...@b",
                "http://user:two words@host | http://...@host"
            })
    void showsNoSecretsEvenOfWhatIsNoAddress(String text, String shown) {
        assertThat(WebAddress.withoutSecrets(text)).isEqualTo(shown);
    }

    @Test
    void encodesNamesOfFiles() {
        assertThat(address("http://host/s?k=1").file("a b/c?d#e%20é.fits").uri())
                .isEqualTo(URI.create("http://host/s/a%20b/c%3Fd%23e%2520%C3%A9.fits?k=1"));
    }

    @Property
    void theNameOfAFileIsThePathBelow(@ForAll("names") String name) {
        URI uri = address("https://host/survey?key=x").file(name).uri();
        assertThat(uri.getPath()).isEqualTo("/survey/" + name);
        assertThat(uri.getRawQuery()).isEqualTo("key=x");
        assertThat(uri.toString()).matches("[\\x21-\\x7e]+");
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("abcXYZ019 éß漢'\"<>&%?#+;=\\@:/")
                .ofMinLength(1)
                .ofMaxLength(12);
    }

    @Property(tries = 3000)
    void anyTextIsAnAddressOrNone(@ForAll("texts") String text) {
        Optional<WebAddress> address = WebAddress.parse(text);
        if (address.isPresent()) {
            assertThat(address.get().uri().getHost()).isNotEmpty();
            assertThat(address.get().uri().toString()).matches("(?i)https?://[\\x21-\\x7e]+");
            assertThat(address.get().uri().getUserInfo()).isNull();
            assertThat(address.get().toString()).doesNotContain("?", "#");
            assertThat(address.get().file("properties").uri().getPath()).endsWith("/properties");
        }
        assertThat(WebAddress.withoutSecrets(text)).doesNotContain("secret");
    }

    /** Pieces of addresses, with a secret only where secrets are: before an @, and in a query or fragment. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "http", "https", "ftp", ":", "//", "/", "host", "[::1]", ":80", ":x", "..", "%20", "%", "é", " ",
                "\ud800", "\n", "\\", "?", "#");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(8).map(list -> String.join("", list)),
                pieces.list().ofMaxSize(8).map(list -> "http://host/" + String.join("", list)),
                pieces.list().ofMaxSize(8).map(list -> "https://" + String.join("", list) + "secret@host"),
                pieces.list().ofMaxSize(8).map(list -> "https://host/?" + String.join("", list) + "secret"),
                Arbitraries.strings());
    }
}
