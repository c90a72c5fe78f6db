package org.hipsnode.wcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.hipsnode.SharedData;
import org.hipsnode.fits.FitsFile;
import org.hipsnode.wcs.WcsException.Kind;
import org.junit.jupiter.api.Test;

class WcsExceptionTest {
    private static final String IMAGE = "NAXIS=2|NAXIS1=100|NAXIS2=80|";
    private static final String TAN = IMAGE + "CTYPE1=RA---TAN|CTYPE2=DEC--TAN|CDELT1=-0.1|CDELT2=0.1|";

    private static void refused(String cards, Kind kind, String... words) {
        assertThatThrownBy(() -> ImageWcs.of(Headers.of(cards)))
                .isInstanceOfSatisfying(
                        WcsException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContainingAll(words);
    }

    @Test
    void saysWhatIsWrongWithAHeader() {
        refused("NAXIS=1|NAXIS1=100", Kind.TOO_FEW_AXES, "NAXIS = 1");
        refused("NAXIS=2|NAXIS1=0|NAXIS2=4|CTYPE1=RA---TAN|CTYPE2=DEC--TAN", Kind.TOO_FEW_AXES, "0 × 4");
        refused(IMAGE + "CRVAL1=3", Kind.NO_WCS, "found none", "astrometry");
        refused(IMAGE + "CTYPE1A=RA---TAN|CTYPE2A=DEC--TAN", Kind.NO_WCS, "alternate");
        refused(IMAGE + "CTYPE1=WAVE|CTYPE2=STOKES", Kind.NO_WCS, "'WAVE' with 'STOKES'");
        refused(IMAGE + "CTYPE1=RA---TAN|CTYPE2=WAVE", Kind.INCONSISTENT_AXES, "'RA---TAN' alone");
        refused(IMAGE + "CTYPE1=RA---TAN|CTYPE2=GLAT-TAN", Kind.INCONSISTENT_AXES, "one system");
        refused(IMAGE + "CTYPE1=RA---TAN|CTYPE2=DEC--SIN", Kind.INCONSISTENT_AXES, "one projection");
        refused(IMAGE + "CTYPE1=RA---TAN|CTYPE2=RA---TAN", Kind.INCONSISTENT_AXES, "one longitude");
        refused(IMAGE + "CTYPE1=RA---CSC|CTYPE2=DEC--CSC", Kind.UNKNOWN_PROJECTION, "'CSC'", "AIT", "ZPN");
        refused(IMAGE + "CTYPE1=HPLN-TAN|CTYPE2=HPLT-TAN", Kind.UNKNOWN_FRAME, "helioprojective", "reproject");
        refused(TAN + "RADESYS=GAPPT", Kind.UNKNOWN_FRAME, "'GAPPT'");
        refused(TAN + "CUNIT1=furlong", Kind.UNKNOWN_UNIT, "CUNIT1", "'FURLONG'");
        refused(TAN + "CD1_1=0.1|CD1_2=0.2|CD2_1=0.2|CD2_2=0.4", Kind.SINGULAR_MATRIX, "parallel");
        refused(IMAGE + "CTYPE1=RA---TAN|CTYPE2=DEC--TAN|CDELT1=0", Kind.SINGULAR_MATRIX, "inverted");
        refused(TAN + "CRPIX1=abc", Kind.BAD_VALUE, "CRPIX1", "'ABC'");
        refused(TAN + "CRVAL2=91", Kind.BAD_VALUE, "CRVAL2", "91.0°");
        refused(TAN + "EQUINOX=12", Kind.BAD_VALUE, "EQUINOX", "12");
        refused(TAN + "A_ORDER=10", Kind.BAD_VALUE, "A_ORDER", "10");
        refused(IMAGE + "CTYPE1=RA---COE|CTYPE2=DEC--COE", Kind.BAD_VALUE, "COE", "PVi_1");
        refused(TAN + "PC1_3=0.5|WCSAXES=3", Kind.INCONSISTENT_AXES, "axis 3");
        refused(TAN + "WCSAXES=1000000000", Kind.BAD_VALUE, "99");
    }

    @Test
    void refusesAViewOfTheSun() throws IOException {
        for (String name : new String[] {"solar/aia_171_level1.fits", "solar/resampled_hmi.fits"}) {
            assertThatThrownBy(() -> ImageWcs.of(
                            FitsFile.hdus(SharedData.require(name)).get(0).header()))
                    .hasMessageContaining("helioprojective");
        }
    }
}
