package org.hipsnode.wcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipsnode.fits.FitsCards;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;
import org.junit.jupiter.api.Test;

class ImageWcsTest {

    private static FitsHeader header(FitsCards cards) throws Exception {
        return FitsHeader.parse(cards.bytes(), "t");
    }

    private static FitsCards tan() {
        return new FitsCards()
                .add("SIMPLE", true, "")
                .add("BITPIX", 8, "")
                .add("NAXIS", 2, "")
                .add("NAXIS1", 100, "")
                .add("NAXIS2", 80, "")
                .add("CTYPE1", "RA---TAN", "")
                .add("CTYPE2", "DEC--TAN", "")
                .add("CRPIX1", 50.5, "")
                .add("CRPIX2", 40.5, "")
                .add("CDELT1", -0.01, "")
                .add("CDELT2", 0.01, "")
                .add("CRVAL1", 10, "")
                .add("CRVAL2", 60, "");
    }

    @Test
    void findsTheReferencePointAndBack() throws Exception {
        ImageWcs wcs = ImageWcs.of(header(tan()));
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
    void turnsIntoTheFrameOfASurvey() throws Exception {
        ImageWcs wcs = ImageWcs.of(header(tan())).in(Frame.GALACTIC);
        UnitVector galactic = Frame.GALACTIC.fromIcrs(SkyPoint.ofDegrees(10, 60).vector());
        double[] xy = new double[2];
        assertThat(wcs.toPixel(galactic.x(), galactic.y(), galactic.z(), xy)).isTrue();
        assertThat(xy[0]).isCloseTo(50.5, within(1e-9));
        assertThat(xy[1]).isCloseTo(40.5, within(1e-9));
    }
}
