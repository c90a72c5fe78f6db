package org.hipsnode.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hipsnode.SharedData;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.ListedStore;
import org.hipsnode.store.MemoryStore;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.junit.jupiter.api.Test;

/** standards.md §3.1. */
class CheckCodeTest {

    private static CheckCode of(ListedStore store) throws IOException {
        CheckCode code = new CheckCode();
        store.list((name, bytes) -> TreeName.parse(name).ifPresent(tree -> code.add(tree, bytes)));
        return code;
    }

    private static ListedStore sized(String... namesAndSizes) {
        Map<String, byte[]> files = new HashMap<>();
        for (int i = 0; i < namesAndSizes.length; i += 2) {
            files.put(namesAndSizes[i], new byte[Integer.parseInt(namesAndSizes[i + 1])]);
        }
        return new MemoryStore(files);
    }

    @Test
    void hashesTheVectorOfTheStandardsDigest() throws IOException {
        CheckCode code = of(sized(
                "Norder3/Dir0/Npix1.fits", "1000",
                "Norder3/Dir0/Npix10.fits", "2000",
                "Norder3/Dir0/Npix2.fits", "3000"));
        assertThat(code.text(List.of(TileFormat.FITS))).isEqualTo("fits:31806003");
        assertThat(code.files(List.of(TileFormat.FITS))).isEqualTo(3);
        assertThat(code.kilobytes(List.of(TileFormat.FITS))).isEqualTo(6000 / 1024);
    }

    /** Each pair in the order of path texts, which is not that of numbers. */
    @Test
    void takesFilesInTheOrderOfTheirPathTexts() throws IOException {
        String[] names = {
            "Norder10/Dir0/Npix5.fits",
            "Norder3/Allsky.fits",
            "Norder3/Dir0/Npix1.fits",
            "Norder3/Dir0/Npix10.fits",
            "Norder3/Dir0/Npix1_1.fits",
            "Norder3/Dir0/Npix2.fits",
            "Norder3/Dir0/Npix9.fits",
            "Norder9/Dir0/Npix0.fits",
            "Norder9/Dir10000/Npix10000.fits",
            "Norder9/Dir100000/Npix100000.fits",
            "Norder9/Dir20000/Npix20000.fits"
        };
        Map<String, byte[]> files = new HashMap<>();
        int expected = 0;
        for (int i = 0; i < names.length; i++) {
            files.put(names[i], new byte[100 + i * i]);
            expected = 31 * expected + 100 + i * i;
        }
        expected = 31 * expected + names.length;
        assertThat(of(new MemoryStore(files)).text(List.of(TileFormat.FITS)))
                .isEqualTo("fits:" + Integer.toUnsignedString(expected));
    }

    @Test
    void countsTheFirstAllskyOfACubeOnly() throws IOException {
        CheckCode code = of(sized(
                "Norder3/Allsky.png", "5",
                "Norder3/Allsky_1.png", "6",
                "Norder3/Dir0/Npix0.png", "7",
                "Norder3/Dir0/Npix0_1.png", "8",
                "preview.jpg", "9",
                "Norder3/Dir0/notes.txt", "10"));
        assertThat(code.text(List.of(TileFormat.PNG))).isEqualTo("png:" + (((5 * 31 + 7) * 31 + 8) * 31 + 3));
    }

    @Test
    void givesEachFormatACodeOfItsOwnUnderItsExtension() throws IOException {
        CheckCode code = of(sized(
                "Norder0/Dir0/Npix0.jpg", "2000",
                "Norder0/Dir0/Npix1.fits", "3000",
                "Norder0/Dir0/Npix2.jpg", "100"));
        List<TileFormat> both = List.of(TileFormat.JPEG, TileFormat.FITS);
        assertThat(code.text(both)).isEqualTo("jpg:" + ((2000 * 31 + 100) * 31 + 2) + " fits:" + (3000 * 31 + 1));
        assertThat(code.files(both)).isEqualTo(3);
        assertThat(code.kilobytes(both)).isEqualTo(4);
        assertThat(code.text(List.of(TileFormat.PNG))).isEqualTo("png:0");
        assertThat(code.text(List.of())).isEmpty();
    }

    @Test
    void foldsSizesPastFourGigabytesAndWrapsAround() {
        CheckCode code = new CheckCode();
        TreeName tile = TreeName.parse("Norder0/Dir0/Npix0.fits").orElseThrow();
        code.add(tile, 0x1_0000_0002L);
        assertThat(code.text(List.of(TileFormat.FITS))).isEqualTo("fits:" + (3 * 31 + 1));
        for (int i = 0; i < 50; i++) {
            code.add(tile, Long.MAX_VALUE);
        }
        assertThat(Long.parseLong(code.text(List.of(TileFormat.FITS)).substring(5)))
                .isBetween(0L, 0xffff_ffffL);
    }

    /** Hipsgen 12.033 wrote these codes; both formats are complete. */
    @Test
    void agreesWithHipsgenOnARealTree() throws IOException {
        FolderStore gaia = new FolderStore(SharedData.require("hips/aladin-gaia"));
        HipsProperties said = HipsProperties.parse(
                Files.readAllBytes(SharedData.require("hips/aladin-gaia/properties")), "properties");
        List<TileFormat> both = List.of(TileFormat.JPEG, TileFormat.FITS);
        assertThat(said.value("hips_check_code")).contains(of(gaia).text(both));
        assertThat(said.value("hips_nb_tiles")).contains(Long.toString(of(gaia).files(both)));
    }
}
