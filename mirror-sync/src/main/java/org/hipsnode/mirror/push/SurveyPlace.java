package org.hipsnode.mirror.push;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.SurveyStore;

/** What may be in a folder before a survey is put there. */
final class SurveyPlace {
    private SurveyPlace() {}

    /**
     * Refuses a folder with anything else in it.
     *
     * @param isFilled whether there is anything
     */
    static void requireSameSurvey(SurveyStore there, boolean isFilled, ManifestRoot root) throws IOException {
        Optional<byte[]> properties = there.read(ReleaseFiles.PROPERTIES, HipsProperties.MAX_BYTES);
        Optional<String> id = properties.isPresent()
                ? HipsProperties.parse(properties.get(), there.toString()).value("creator_did")
                : Optional.empty();
        if (properties.isEmpty() ? isFilled : !id.equals(root.head().creatorDid())) {
            throw new ConfigException("'" + there + "': expected nothing, or the survey "
                    + root.head().creatorDid().orElse("without id") + ", found something else");
        }
    }

    /** Tells whether a release is there. */
    static boolean has(SurveyStore there, ManifestRoot root) throws IOException {
        return new ManifestReader(there)
                .root()
                .filter(r -> r.digest().equals(root.digest()))
                .isPresent();
    }
}
