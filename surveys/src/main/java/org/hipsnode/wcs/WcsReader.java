package org.hipsnode.wcs;

import java.util.Optional;
import org.hipsnode.wcs.WcsException.Kind;

/** Makes an image's WCS from its header. */
final class WcsReader {
    private final HeaderValues header;

    WcsReader(HeaderValues header) {
        this.header = header;
    }

    ImageWcs read() throws WcsException {
        if (header.imageAxes() < 2) {
            throw new WcsException(Kind.TOO_FEW_AXES, "an image of two axes or more", "NAXIS = " + header.imageAxes());
        }
        CelestialAxes axes = CelestialAxes.of(header);
        SkyFrame frame = SkyFrame.of(header, axes);
        ImageAxes imageAxes = ImageAxes.of(header, axes);
        PixelPlane plane = PixelPlane.of(header, axes);
        Optional<Distortion> sip = Sip.of(header);
        Algorithm algorithm = Algorithm.of(header, axes, sip.isPresent());
        SkyReference reference = SkyReference.of(header, axes, algorithm);
        PixelSteps steps = new PixelSteps(
                imageAxes,
                reference.point(header, axes),
                plane,
                sip,
                algorithm.isTpv() ? Optional.of(Tpv.of(header, axes)) : Optional.empty(),
                algorithm.projection().period());
        return new ImageWcs(
                imageAxes,
                frame,
                steps,
                algorithm.projection(),
                SkyTurn.of(reference.sphere().toSky().inverse()));
    }
}
