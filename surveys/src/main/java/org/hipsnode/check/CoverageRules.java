package org.hipsnode.check;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.Frame;

/** The rules for {@code Moc.fits} (HiPS 1.0 §4.4.2). */
final class CoverageRules {
    private static final String SECTION = "4.4.2";
    private static final String FILE = "Moc.fits";
    private static final double FRACTION_TOLERANCE = 1e-3;

    private CoverageRules() {}

    static Optional<MocFits.Content> check(CheckedStore store, SurveyProperties properties, Findings findings) {
        CheckedStore.Answer file = store.read(FILE, SECTION, MocFits.MAX_BYTES);
        if (file.isAbsent()) {
            findings.warning(SECTION, FILE, "missing: nobody can know the coverage without trying every tile");
        }
        if (!file.isRead()) {
            return Optional.empty();
        }
        try {
            MocFits.Content content = MocFits.read(file.content(), FILE);
            checkFrame(content, properties, findings);
            checkFraction(content, properties, findings);
            checkOrder(content, properties, findings);
            return Optional.of(content);
        } catch (IOException e) {
            findings.broken(SECTION, FILE, e);
            return Optional.empty();
        }
    }

    private static void checkFrame(MocFits.Content content, SurveyProperties properties, Findings findings) {
        String said = content.coordsys().orElse("none");
        Optional<Frame> frame = content.frame();
        if (frame.isEmpty()) {
            findings.warning(SECTION, FILE, "expected COORDSYS of C, G or E, found '" + said + "'");
        } else if (frame.get() != Frame.EQUATORIAL && frame.equals(properties.frame())) {
            findings.info(
                    SECTION,
                    FILE,
                    "COORDSYS is '" + said + "', the survey's own frame, which is what viewers need; "
                            + "the standard asks for C, and SMoc.fits should have it");
        } else if (frame.get() != Frame.EQUATORIAL) {
            findings.warning(SECTION, FILE, "expected COORDSYS of C, found '" + said + "'");
        }
        if (content.coordsys().isEmpty()) {
            findings.info(SECTION, FILE, "no COORDSYS: taken as C");
        }
    }

    private static void checkFraction(MocFits.Content content, SurveyProperties properties, Findings findings) {
        double found = content.moc().skyFraction();
        properties.number("moc_sky_fraction").ifPresent(said -> {
            if (Math.abs(said - found) > FRACTION_TOLERANCE * Math.max(said, found)) {
                findings.warning(
                        SECTION,
                        "moc_sky_fraction",
                        String.format(Locale.ROOT, "expected %.6g as in Moc.fits, found %s", found, said));
            }
        });
        if (content.moc().isEmpty()) {
            findings.error(SECTION, FILE, "covers nothing: viewers show nothing");
        }
    }

    private static void checkOrder(MocFits.Content content, SurveyProperties properties, Findings findings) {
        int width = properties.tileWidth();
        properties.order().ifPresent(order -> {
            int pixelOrder = order + (31 - Integer.numberOfLeadingZeros(Math.max(1, width)));
            if (content.moc().order() > pixelOrder && !properties.isCatalogue()) {
                findings.info(
                        SECTION, FILE, "order " + content.moc().order() + " is finer than the pixels' " + pixelOrder);
            }
        });
    }
}
