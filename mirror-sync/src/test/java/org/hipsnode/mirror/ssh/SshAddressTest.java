package org.hipsnode.mirror.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sftp://hips@a.example/srv/co | hips | a.example | 22 | /srv/co",
                "SFTP://hips@a.example:2222/srv/co/ | hips | a.example | 2222 | /srv/co",
                "sftp://a.example/~/planck/co | | a.example | 22 | ~/planck/co",
                "sftp://u@[::1]:24/a%20b/c%C3%A9 | u | ::1 | 24 | /a b/cé"
            })
    void anAddressIsRead(String text, String user, String host, int port, String path) {
        assertThat(SshAddress.parse(text)).contains(new SshAddress(Optional.ofNullable(user), host, port, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sftp://a.example",
                "sftp://a.example/",
                "sftp://a.example/~",
                "sftp://u:secret@a.example/x",
                "sftp://a.example:99999/x",
                "sftp://a.example:0/x",
                "sftp://a.example/x/../y",
                "sftp://a.example/x//y",
                "sftp://a.example/x%2A",
                "sftp://a.example/x%5Cy",
                "sftp://a.example/x%0Ay",
                "sftp://a.example/x?y",
                "sftp://a.example/x#y",
                "https://a.example/x"
            })
    void whatIsNoAddressOrMayHurtIsNotRead(String text) {
        assertThat(SshAddress.parse(text)).isEmpty();
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefused(@ForAll String text) {
        SshAddress.parse(text);
        SshAddress.parse("sftp://" + text)
                .ifPresent(address ->
                        assertThat(address.path()).doesNotContain("/../").hasSizeGreaterThan(1));
    }
}
