package org.hipsnode.serve.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.tile.TileAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyWatchTest {
    @TempDir
    Path data;

    private Path survey;

    @BeforeEach
    void makeSurvey() throws IOException {
        survey = survey("s", "first");
    }

    private Path survey(String name, String title) throws IOException {
        Path folder = data.resolve(name);
        Files.createDirectories(folder.resolve("Norder3/Dir0"));
        Files.writeString(
                folder.resolve("properties"), "obs_title = " + title + "\nhips_frame = equatorial\nhips_order = 3\n");
        Files.writeString(folder.resolve("Norder3/Dir0/Npix5.png"), title);
        return folder;
    }

    private SurveyWatch watch() throws IOException {
        SurveyWatch watch = new SurveyWatch(data);
        assertThat(watch.look()).hasSize(1);
        return watch;
    }

    private static Release release(SurveyWatch watch) {
        return watch.snapshot().at("s").flatMap(ServedSurvey::release).orElseThrow();
    }

    private static String tile(Release release) throws IOException {
        Optional<OpenedFile> file = release.find("Norder3/Dir0/Npix5.png");
        if (file.isEmpty()) {
            return "none";
        }
        try (var channel = file.get().channel()) {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            channel.read(bytes);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aReleaseFindsItsOwnFilesAfterAnotherTookItsName() throws IOException {
        SurveyWatch watch = watch();
        Release old = release(watch);
        Files.move(survey, data.resolve(".away"));
        survey("s", "second");
        assertThat(tile(old)).isEqualTo("first");
        assertThat(old.isCurrent()).isTrue();
        assertThat(watch.lookAtKnown()).hasSize(1);
        assertThat(old.isCurrent()).isFalse();
        assertThat(tile(release(watch))).isEqualTo("second");
        assertThat(tile(old)).isEqualTo("none");
    }

    @Test
    void nothingIsOpenedAgainThatHasNotChanged() throws IOException {
        SurveyWatch watch = watch();
        Release before = release(watch);
        assertThat(watch.look()).isEmpty();
        assertThat(watch.lookAtKnown()).isEmpty();
        assertThat(release(watch)).isSameAs(before);
        Files.writeString(survey.resolve("properties"), "obs_title = changed in place\n");
        assertThat(watch.look()).hasSize(1);
    }

    @Test
    void aSurveyWhoseFolderIsAwayForAMomentStays() throws IOException {
        SurveyWatch watch = watch();
        Files.move(survey, data.resolve(".away"));
        watch.look();
        assertThat(tile(release(watch))).isEqualTo("first");
    }

    @Test
    void linksLeadNowhereOutside() throws IOException {
        Path outside = Files.createDirectories(data.resolve(".outside/Dir0"));
        Files.writeString(outside.resolve("Npix5.png"), "secret");
        Files.createSymbolicLink(survey.resolve("Norder4"), data.resolve(".outside"));
        Files.createSymbolicLink(survey.resolve("Norder5"), survey.resolve("Norder3"));
        Files.createSymbolicLink(survey.resolve("Norder3/Dir0/Npix6.png"), outside.resolve("Npix5.png"));
        Release release = release(watch());
        assertThat(release.find("Norder4/Dir0/Npix5.png")).isEmpty();
        assertThat(release.find("Norder3/Dir0/Npix6.png")).isEmpty();
        Optional<OpenedFile> inside = release.find("Norder5/Dir0/Npix5.png");
        assertThat(inside).isPresent();
        inside.get().channel().close();
    }

    @Test
    void tilesOutsideACoverageThatHoldsAllOfThemAreDenied() throws IOException {
        Files.write(survey.resolve("Moc.fits"), moc(5, 'C'));
        Release release = release(watch());
        assertThat(release.mayHave(new TileAddress(3, 6))).isTrue(); // not yet looked through
        release.learnPresence();
        assertThat(release.mayHave(new TileAddress(3, 5))).isTrue();
        assertThat(release.mayHave(new TileAddress(2, 1))).isTrue();
        assertThat(release.mayHave(new TileAddress(3, 6))).isFalse();
        assertThat(release.mayHave(new TileAddress(4, 20))).isFalse(); // deeper than any tile
    }

    @Test
    void aCoverageThatHidesATileIsNotBelieved() throws IOException {
        Files.write(survey.resolve("Moc.fits"), moc(7, 'C'));
        Release release = release(watch());
        release.learnPresence();
        assertThat(List.of(5L, 6L, 7L)).allMatch(index -> release.mayHave(new TileAddress(3, index)));
    }

    @Test
    void aCoverageInAnotherFrameIsNotBelieved() throws IOException {
        Files.write(survey.resolve("Moc.fits"), moc(5, 'G'));
        Release release = release(watch());
        release.learnPresence();
        assertThat(release.mayHave(new TileAddress(3, 6))).isTrue();
    }

    private static byte[] moc(long cell, char coordsys) {
        return MocFits.write(new Moc.Builder(3).add(3, cell).build(), coordsys, MocFits.Encoding.NUNIQ);
    }
}
