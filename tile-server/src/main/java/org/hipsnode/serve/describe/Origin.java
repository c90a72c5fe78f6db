package org.hipsnode.serve.describe;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.JsonText;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.serve.snapshot.ServedSurvey;

/**
 * Where a mirror comes from, as the program that made it noted beside its files.
 *
 * @param address of the survey that was copied
 * @param releaseDate that its origin had
 * @param asked when the origin was last asked and had nothing else
 * @param warning what is wrong with the origin itself
 */
public record Origin(String address, Optional<String> releaseDate, Optional<String> asked, Optional<String> warning) {
    private static final int MAX_BYTES = 1 << 26;

    /** Looks for the note; empty if there is none, or none that can be read, as the survey can be used without it. */
    public static Optional<Origin> of(ServedSurvey survey) {
        try {
            byte[] note = BoundedReads.readFile(survey.folder().resolve(ManifestName.MIRROR), MAX_BYTES);
            return parse(note);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<Origin> parse(byte[] note) throws IOException {
        return JsonText.texts(note).flatMap(Origin::of);
    }

    private static Optional<Origin> of(Map<String, String> texts) {
        return Optional.ofNullable(texts.get("origin"))
                .map(address -> new Origin(
                        address,
                        Optional.ofNullable(texts.get("hips_release_date")),
                        Optional.ofNullable(texts.get("last_run")),
                        Optional.ofNullable(texts.get("damaged_manifest"))));
    }
}
