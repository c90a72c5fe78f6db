package org.hipsnode.wcs.projection;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The projections by their FITS codes. */
public final class Projections {

    private static final Map<String, Maker> MAKERS =
            new TreeMap<>(Map.ofEntries(Map.entry("TAN", pv -> new Gnomonic())));

    private Projections() {}

    /** Makes a projection from its parameters. */
    private interface Maker {
        Projection make(ProjectionParameters pv);
    }

    /** Returns the codes that are known, in alphabetical order. */
    public static Set<String> codes() {
        return java.util.Collections.unmodifiableSet(MAKERS.keySet());
    }

    /**
     * Makes a projection.
     *
     * @param code three letters of CTYPE
     * @return empty if the code is unknown
     * @throws IllegalArgumentException if a parameter has a value for which there is no such projection; the message names it
     */
    public static Optional<Projection> of(String code, ProjectionParameters pv) {
        return Optional.ofNullable(MAKERS.get(code)).map(maker -> maker.make(pv));
    }
}
