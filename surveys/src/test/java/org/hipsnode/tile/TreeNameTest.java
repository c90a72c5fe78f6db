package org.hipsnode.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.hipsnode.healpix.HealpixGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeNameTest {

    @Test
    void namesTilesAsTheStandardDoes() {
        assertThat(TreeName.tile(new TileAddress(6, 10302), TileFormat.JPEG))
                .hasToString("Norder6/Dir10000/Npix10302.jpg");
        assertThat(TreeName.tile(new TileAddress(0, 0), TileFormat.FITS)).hasToString("Norder0/Dir0/Npix0.fits");
        assertThat(new TreeName.Tile(new TileAddress(3, 767), 12, TileFormat.PNG))
                .hasToString("Norder3/Dir0/Npix767_12.png");
        assertThat(TreeName.allsky(3, TileFormat.WEBP)).hasToString("Norder3/Allsky.webp");
        assertThat(new TreeName.Allsky(3, 2, TileFormat.TSV)).hasToString("Norder3/Allsky_2.tsv");
        assertThat(TreeName.tile(new TileAddress(29, HealpixGrid.pixelCount(29) - 1), TileFormat.FITS))
                .hasToString("Norder29/Dir3458764513820540000/Npix3458764513820540927.fits");
    }

    @Property
    void readsBackEveryNameThatItWrites(
            @ForAll @IntRange(max = 29) int order,
            @ForAll long random,
            @ForAll TileFormat format,
            @ForAll @IntRange(max = 999_999) int channel) {
        TileAddress address = new TileAddress(order, Math.floorMod(random, HealpixGrid.pixelCount(order)));
        TreeName tile = new TreeName.Tile(address, channel, format);
        assertThat(TreeName.parse(tile.toString())).contains(tile);
        TreeName allsky = new TreeName.Allsky(order, channel, format);
        assertThat(TreeName.parse(allsky.toString())).contains(allsky);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "properties",
                "Norder3/Dir0/Npix00.fits",
                "Norder03/Dir0/Npix0.fits",
                "Norder3/Dir0/Npix768.fits",
                "Norder3/Dir1/Npix5.fits",
                "Norder6/Dir0/Npix10302.jpg",
                "Norder3/Dir0/Npix5_0.png",
                "Norder3/Dir0/Npix5_01.png",
                "Norder3/Dir0/Npix5.jpeg",
                "Norder3/Dir0/Npix5.FITS",
                "Norder3/Dir0/Npix5.exe",
                "Norder3/Dir0/Npix5.fits/",
                "/Norder3/Dir0/Npix5.fits",
                "Norder3//Dir0/Npix5.fits",
                "Norder3/Dir0/../Dir0/Npix5.fits",
                "Norder30/Dir0/Npix5.fits",
                "Norder3/Dir0/Npix-5.fits",
                "Norder3/Dir0/Npix9999999999999999999.fits",
                "Norder99/Allsky.png",
                "Norder3/Allsky.jpeg",
                "norder3/Allsky.png"
            })
    void takesNoOtherNameForATile(String name) {
        assertThat(TreeName.parse(name)).isEmpty();
    }

    @Property(tries = 2000)
    void neverFailsOnAnyName(@ForAll("names") String name) {
        TreeName.parse(name).ifPresent(parsed -> assertThat(parsed).hasToString(name));
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> pieces = Arbitraries.of(
                "Norder", "Dir", "Npix", "Allsky", "/", ".", "_", "..", "0", "3", "10000", "fits", "jpg", "png", "\0",
                "é");
        return Arbitraries.oneOf(pieces.list().ofMaxSize(14).map(list -> String.join("", list)), Arbitraries.strings());
    }

    @Test
    void knowsParentsChildrenAndOrderOfAddresses() {
        TileAddress tile = new TileAddress(3, 42);
        assertThat(tile.parent()).isEqualTo(new TileAddress(2, 10));
        assertThat(tile.child(3)).isEqualTo(new TileAddress(4, 171));
        assertThat(tile.child(3).ancestor(3)).isEqualTo(tile);
        assertThat(tile).isLessThan(new TileAddress(4, 0)).isGreaterThan(new TileAddress(3, 41));
        assertThatThrownBy(() -> new TileAddress(3, 768)).hasMessageContaining("0 to 767 at order 3, found 768");
        assertThatThrownBy(() -> tile.ancestor(4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TileAddress(0, 0).parent()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void acceptsBothWordsForJpeg() {
        assertThat(TileFormat.ofWord("jpeg")).contains(TileFormat.JPEG);
        assertThat(TileFormat.ofWord("JPG")).contains(TileFormat.JPEG);
        assertThat(TileFormat.ofWord("tiff")).isEmpty();
    }
}
