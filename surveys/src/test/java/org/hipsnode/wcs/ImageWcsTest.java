package org.hipsnode.wcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;
import org.junit.jupiter.api.Test;

class ImageWcsTest {
    private static final String IMAGE = "NAXIS=2|NAXIS1=100|NAXIS2=80|";
    private static final String TAN = IMAGE + "CTYPE1=RA---TAN|CTYPE2=DEC--TAN|CDELT1=-0.1|CDELT2=0.1|";
    private static final String CENTRED = IMAGE
            + "CTYPE1=RA---TAN|CTYPE2=DEC--TAN|CRPIX1=50.5|CRPIX2=40.5|CDELT1=-0.01|CDELT2=0.01|CRVAL1=10|CRVAL2=60";

    @Test
    void findsTheReferencePointAndBack() throws IOException {
        ImageWcs wcs = ImageWcs.of(Headers.of(CENTRED));
        double[] lonLat = new double[2];
        assertThat(wcs.toSky(50.5, 40.5, lonLat)).isTrue();
        assertThat(Math.toDegrees(lonLat[0])).isCloseTo(10, within(1e-12));
        assertThat(Math.toDegrees(lonLat[1])).isCloseTo(60, within(1e-12));
        double[] xy = new double[2];
        assertThat(wcs.toPixel(Math.toRadians(9), Math.toRadians(60.1), xy)).isTrue();
        assertThat(wcs.toSky(xy[0], xy[1], lonLat)).isTrue();
        assertThat(Math.toDegrees(lonLat[0])).isCloseTo(9, within(1e-12));
        assertThat(wcs.pixelScale()).isCloseTo(0.01, within(1e-12));
        assertThat(wcs.width()).isEqualTo(100);
        assertThat(wcs.height()).isEqualTo(80);
    }

    @Test
    void turnsIntoTheFrameOfASurvey() throws IOException {
        ImageWcs wcs = ImageWcs.of(Headers.of(CENTRED)).in(Frame.GALACTIC);
        UnitVector galactic = Frame.GALACTIC.fromIcrs(SkyPoint.ofDegrees(10, 60).vector());
        double[] xy = new double[2];
        assertThat(wcs.toPixel(galactic.x(), galactic.y(), galactic.z(), xy)).isTrue();
        assertThat(xy[0]).isCloseTo(50.5, within(1e-9));
        assertThat(xy[1]).isCloseTo(40.5, within(1e-9));
    }

    @Test
    void knowsThePlainFramesOfBodies() throws IOException {
        ImageWcs wcs =
                ImageWcs.of(Headers.of(IMAGE + "CTYPE1=CRLN-CEA|CTYPE2=CRLT-CEA|CUNIT2=Sine Latitude|CDELT2=0.02"));
        assertThat(wcs.frame()).hasToString("CRLN");
        assertThat(wcs.frame().isCelestial()).isFalse();
        assertThatThrownBy(() -> wcs.in(Frame.GALACTIC))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CRLN");
        double[] lonLat = new double[2];
        assertThat(wcs.toSky(0, 25, lonLat)).isTrue();
        assertThat(Math.sin(lonLat[1])).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void takesTheFrameThatOldHeadersMean() throws IOException {
        assertThat(ImageWcs.of(Headers.of(TAN)).frame()).hasToString("ICRS");
        assertThat(ImageWcs.of(Headers.of(TAN + "EPOCH=1950")).frame()).hasToString("FK4 B1950.0");
        assertThat(ImageWcs.of(Headers.of(TAN + "EQUINOX=2000|EPOCH=1950")).frame())
                .hasToString("FK5 J2000.0");
        assertThat(ImageWcs.of(Headers.of(TAN + "EQUINOX=J2000.0")).frame()).hasToString("FK5 J2000.0");
        assertThat(ImageWcs.of(Headers.of(TAN + "RADECSYS=FK4-NO-E")).frame()).hasToString("FK4-NO-E B1950.0");
        assertThat(ImageWcs.of(Headers.of(TAN + "RADESYS=FK4|EQUINOX=1900")).frame())
                .hasToString("FK4 B1900.0");
    }

    @Test
    void showsAllOfAMapThatStartsAtItsEdge() throws IOException {
        ImageWcs wcs = ImageWcs.of(
                Headers.of("NAXIS=2|NAXIS1=360|NAXIS2=180|CTYPE1=CRLN-CAR|CTYPE2=CRLT-CAR|CRPIX1=0.5|CRPIX2=90.5|"
                        + "CRVAL1=0|CRVAL2=0|CDELT1=1|CDELT2=1"));
        double[] xy = new double[2];
        double[] lonLat = new double[2];
        for (int x = 1; x <= 360; x++) {
            assertThat(wcs.toSky(x, 45, lonLat)).isTrue();
            assertThat(Math.toDegrees(lonLat[0])).isCloseTo(x - 0.5, within(1e-9));
            assertThat(wcs.toPixel(lonLat[0], lonLat[1], xy)).isTrue();
            assertThat(xy[0]).isCloseTo(x, within(1e-9));
        }
    }

    @Test
    void takesCoordinatesWithoutACodeAsLinear() throws IOException {
        ImageWcs wcs = ImageWcs.of(Headers.of(
                IMAGE + "CTYPE1=GLON|CTYPE2=GLAT|CRPIX1=1|CRPIX2=1|CRVAL1=30|CRVAL2=40|CDELT1=-0.1|CDELT2=0.1"));
        double[] lonLat = new double[2];
        assertThat(wcs.toSky(101, 51, lonLat)).isTrue();
        assertThat(Math.toDegrees(lonLat[0])).isCloseTo(20, within(1e-12));
        assertThat(Math.toDegrees(lonLat[1])).isCloseTo(45, within(1e-12));
    }

    @Test
    void readsTheSizeOfACompressedImage() throws IOException {
        ImageWcs wcs = ImageWcs.of(
                Headers.of(TAN.replace("NAXIS1=100", "NAXIS1=8") + "ZIMAGE=T|ZNAXIS=2|ZNAXIS1=300|ZNAXIS2=200"));
        assertThat(wcs.width()).isEqualTo(300);
        assertThat(wcs.height()).isEqualTo(200);
    }

    @Test
    void tellsOldScampHeadersFromOthers() throws IOException {
        double[] lonLat = new double[2];
        ImageWcs scamp = ImageWcs.of(Headers.of(CENTRED + "|PV1_0=0|PV1_1=2|PV2_0=0|PV2_1=2"));
        assertThat(scamp.toSky(50.5, 50.5, lonLat)).isTrue();
        assertThat(Math.toDegrees(lonLat[1])).isCloseTo(60.2, within(1e-4));
        ImageWcs both = ImageWcs.of(Headers.of(CENTRED + "|PV1_1=2|PV2_1=2|A_ORDER=2|B_ORDER=2"));
        assertThat(both.toSky(50.5, 50.5, lonLat)).isTrue();
        assertThat(Math.toDegrees(lonLat[1])).isCloseTo(60.1, within(1e-4));
        ImageWcs turned = ImageWcs.of(Headers.of(CENTRED + "|PV1_3=0|PV2_1=0"));
        assertThat(turned.toSky(50.5, 50.5, lonLat)).isTrue();
        assertThat(Math.toDegrees(lonLat[1])).isCloseTo(59.9, within(1e-4));
    }
}
