package org.hipsnode.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hipsnode.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsReadAndOneThatIsMissingIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("partner.token"), "secret\n");
        assertThat(Credential.text(file)).isEqualTo("secret\n");
        assertThatThrownBy(() -> Credential.text(folder.resolve("none")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'" + folder.resolve("none")
                        + "': expected a file with a credential, found none that can be read");
    }
}
