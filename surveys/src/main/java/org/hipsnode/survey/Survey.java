package org.hipsnode.survey;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.store.SurveyStore;

/**
 * A survey that is there: where its bytes are and what it says of itself.
 *
 * @param coverage {@code Moc.fits}; empty if there is none that can be read
 */
public record Survey(SurveyStore store, SurveyProperties properties, Optional<Moc> coverage) {

    /** Reads a survey's own description; empty if there is no {@code properties}, which is what makes it a survey. */
    public static Optional<Survey> open(SurveyStore store) throws IOException {
        Optional<byte[]> list = store.read("properties", HipsProperties.MAX_BYTES);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        HipsProperties properties = HipsProperties.parse(list.get(), store + "/properties");
        return Optional.of(new Survey(store, new SurveyProperties(properties), coverage(store)));
    }

    private static Optional<Moc> coverage(SurveyStore store) {
        try {
            Optional<byte[]> moc = store.read("Moc.fits", MocFits.MAX_BYTES);
            return moc.isPresent()
                    ? Optional.of(MocFits.read(moc.get(), "Moc.fits").moc())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // a survey with a bad MOC can still be looked at; lint tells of it
        }
    }
}
