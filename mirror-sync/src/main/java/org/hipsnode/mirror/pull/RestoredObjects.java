package org.hipsnode.mirror.pull;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.store.SurveyStore;

/** The manifest of a survey, of which some objects are read from a copy: they are named by what they hold, so readers prove them. */
final class RestoredObjects implements SurveyStore {
    private final SurveyStore here;
    private final SurveyStore copy;
    private final Set<String> damaged;
    private final Map<String, byte[]> restored = new LinkedHashMap<>();

    RestoredObjects(SurveyStore here, SurveyStore copy, Set<String> damaged) {
        this.here = here;
        this.copy = copy;
        this.damaged = damaged;
    }

    @Override
    public Optional<byte[]> read(String name, int limit) throws IOException {
        if (!ManifestName.isObject(name) || !damaged.contains(name)) {
            return here.read(name, limit);
        }
        Optional<byte[]> object = copy.read(name, limit);
        object.ifPresent(content -> restored.put(name, content));
        return object;
    }

    /** Returns what was read from the copy, by name. */
    Map<String, byte[]> restored() {
        return restored;
    }

    @Override
    public String toString() {
        return here.toString();
    }
}
