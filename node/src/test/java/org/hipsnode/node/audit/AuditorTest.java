package org.hipsnode.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hipsnode.check.Defect;
import org.hipsnode.io.JsonText;
import org.hipsnode.io.ReadGate;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.SurveyFiles;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditorTest {
    @TempDir
    private Path folder;

    private static Auditor.Task task(Path folder, Optional<Unfinished> before) {
        return new Auditor.Task("a", folder, Optional.empty(), before);
    }

    private static Audit audit(ReadGate gate, Auditor.Task task) throws InterruptedException {
        return new Auditor(gate, 1, Clock.systemUTC()).audit(task, new Progress(() -> 0), state -> {});
    }

    private void publish(String... names) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : names) {
            files.put(name, name.getBytes(StandardCharsets.UTF_8));
        }
        SurveyFiles.publish(files, folder);
    }

    @Test
    void anAuditThatWasStoppedIsGoneOnWith() throws Exception {
        publish("a", "bb", "ccc", "dddd");
        Files.writeString(folder.resolve("a"), "x");
        Progress progress = new Progress(() -> 0);
        List<Unfinished> kept = new ArrayList<>();
        ReadGate stopping = bytes -> {
            if (bytes == 3) {
                progress.cancel();
            }
        };
        assertThatThrownBy(() -> new Auditor(stopping, 1, Clock.systemUTC())
                        .audit(task(folder, Optional.empty()), progress, kept::add))
                .isInstanceOf(CancellationException.class);
        Unfinished state = kept.get(kept.size() - 1);
        assertThat(Unfinished.parse(state.toBytes())).contains(state);
        assertThat(state.done()).isEqualTo(2);
        assertThat(state.flaws())
                .singleElement()
                .satisfies(flaw -> assertThat(flaw.name()).isEqualTo("a"));

        List<Long> read = new ArrayList<>();
        Audit audit = audit(read::add, task(folder, Optional.of(state)));
        assertThat(read).containsExactly(3L, 4L);
        assertThat(audit.result()).isEqualTo(Audit.Result.DAMAGED);
        assertThat(audit.counts().damaged()).isEqualTo(1);
        assertThat(audit.start()).isEqualTo(state.start());
    }

    @Test
    void ofAnotherReleaseNothingWasReadYet() throws Exception {
        publish("a", "bb");
        Unfinished other = new Unfinished("a", "0", Instant.EPOCH, 2, List.of());
        List<Long> read = new ArrayList<>();
        assertThat(audit(read::add, task(folder, Optional.of(other))).result()).isEqualTo(Audit.Result.GOOD);
        assertThat(read).containsExactly(1L, 2L);
    }

    @Test
    void aReleaseThatTakesItsPlaceMeanwhileIsToldOf() throws Exception {
        publish("a", "bb");
        ReadGate publishing = bytes -> {
            if (bytes == 1) {
                publish("a", "bb", "new");
            }
        };
        assertThat(audit(publishing, task(folder, Optional.empty())).result()).isEqualTo(Audit.Result.CHANGED);
    }

    @Test
    void allKindsOfFlawsAreCountedAndKept() throws Exception {
        publish("a", "b", "c");
        Files.writeString(folder.resolve("a"), "xx");
        Files.delete(folder.resolve("b"));
        SurveyFiles.put(folder, "d", new byte[1]);
        SurveyFiles.put(folder, ".DS_Store", new byte[1]);
        Audit audit = audit(ReadGate.OPEN, task(folder, Optional.empty()));
        assertThat(audit.line())
                .isEqualTo("damaged: 1 damaged, 1 missing, 1 added, 0 repaired (a, b, d); nothing says from where"
                        + " it can be repaired");
        assertThat(audit.flaws().stream().map(Flaw::kind))
                .containsExactly(Defect.Kind.DAMAGED, Defect.Kind.MISSING, Defect.Kind.ADDED);
        Optional<Audit> read = Audit.parse(
                JsonText.textsAndNumbers(JsonText.line(audit.values()).getBytes(StandardCharsets.UTF_8))
                        .orElseThrow());
        assertThat(read.map(Audit::counts)).contains(audit.counts());
        assertThat(read.map(Audit::subject)).contains(audit.subject());
    }

    @Test
    void whatHasNoManifestIsUnprovenAndWhatHasABrokenOneIsDamaged() throws Exception {
        SurveyFiles.put(folder, "properties", new byte[0]);
        assertThat(audit(ReadGate.OPEN, task(folder, Optional.empty())).line()).contains("--make");
        SurveyFiles.put(folder, ManifestName.ROOT, new byte[] {'{'});
        Audit audit = audit(ReadGate.OPEN, task(folder, Optional.empty()));
        assertThat(audit.result()).isEqualTo(Audit.Result.DAMAGED);
        assertThat(audit.flaws().get(0).name()).isEqualTo(ManifestName.ROOT);
    }

    @Test
    void aSurveyWithoutPropertiesIsFoundAllTheSame() throws Exception {
        publish("a");
        SurveyFiles.put(folder.resolve("x/y"), ManifestName.ROOT, new byte[1]);
        Files.createSymbolicLink(folder.resolveSibling("link"), folder);
        assertThat(SurveyFolders.beneath(folder)).containsOnlyKeys(String.valueOf(folder.getFileName()));
        Files.delete(folder.resolve(ManifestName.ROOT));
        assertThat(SurveyFolders.beneath(folder)).containsOnlyKeys("x/y");
        Files.delete(folder.resolveSibling("link"));
    }

    @Property(tries = 200)
    void whateverIsReadAsAStateIsOneOrNone(@ForAll byte[] bytes, @ForAll String text) {
        assertThat(Unfinished.parse(bytes)).isEmpty();
        assertThat(Flaw.parse(text).isEmpty() || Flaw.parse(text).get().line().contains("\t"))
                .isTrue();
        Unfinished state = new Unfinished(text, text, Instant.EPOCH, 7, List.of());
        assertThat(Unfinished.parse(state.toBytes()).map(Unfinished::done)).contains(7L);
    }
}
