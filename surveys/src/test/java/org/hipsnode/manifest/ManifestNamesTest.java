package org.hipsnode.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.store.FolderStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestNamesTest {
    private static List<String> names(Path folder) throws IOException {
        ManifestReader reader = new ManifestReader(new FolderStore(folder));
        ManifestNames names = new ManifestNames(reader, reader.root().orElseThrow());
        List<String> all = new ArrayList<>();
        for (List<String> more = names.next(); !more.isEmpty(); more = names.next()) {
            all.addAll(more);
        }
        return all;
    }

    @Provide
    static Arbitrary<Map<String, byte[]>> surveys() {
        return SurveyFiles.surveys();
    }

    @Property(tries = 30)
    void everyFileIsNamedOnceAndPropertiesLast(@ForAll("surveys") Map<String, byte[]> files) throws IOException {
        Path folder = Files.createTempDirectory("names");
        try {
            files.put("properties", new byte[] {1});
            SurveyFiles.publish(files, folder);
            List<String> names = names(folder);
            try (Stream<Path> walk = Files.walk(folder)) {
                assertThat(names)
                        .containsExactlyInAnyOrderElementsOf(walk.filter(Files::isRegularFile)
                                .map(file -> folder.relativize(file).toString())
                                .toList())
                        .endsWith("properties");
            }
        } finally {
            AtomicFiles.deleteTree(folder);
        }
    }

    @Test
    void aDamagedManifestGivesNoListWithGaps(@TempDir Path folder) throws IOException {
        SurveyFiles.publish(Map.of("Norder3/Dir0/Npix5.png", new byte[] {1}, "properties", new byte[1]), folder);
        String shard = names(folder).get(0);
        assertThat(shard).endsWith(".shard");
        byte[] bytes = Files.readAllBytes(folder.resolve(shard));
        bytes[bytes.length - 1] ^= 1;
        Files.write(folder.resolve(shard), bytes);
        assertThatThrownBy(() -> names(folder)).isInstanceOf(MalformedDataException.class);
    }
}
