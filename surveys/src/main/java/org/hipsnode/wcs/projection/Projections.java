package org.hipsnode.wcs.projection;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The projections by their FITS codes (Paper II, table 13). */
public final class Projections {
    private static final Map<String, Maker> MAKERS = new TreeMap<>(Map.ofEntries(
            Map.entry("AZP", Perspective::of),
            Map.entry("SZP", SlantPerspective::of),
            Map.entry("TAN", pv -> new Gnomonic()),
            Map.entry("STG", pv -> new Stereographic()),
            Map.entry("SIN", Orthographic::of),
            Map.entry("ARC", pv -> new Equidistant()),
            Map.entry("ZPN", ZenithalPolynomial::new),
            Map.entry("ZEA", pv -> new EqualArea()),
            Map.entry("CYP", pv -> new CylindricalPerspective(pv.get(1, 1), pv.get(2, 1))),
            Map.entry("CEA", pv -> new CylindricalEqualArea(pv.get(1, 1))),
            Map.entry("CAR", pv -> new PlateCarree()),
            Map.entry("MER", pv -> new Mercator()),
            Map.entry("SFL", pv -> new SansonFlamsteed()),
            Map.entry("PAR", pv -> new Parabolic()),
            Map.entry("MOL", pv -> new Mollweide()),
            Map.entry("AIT", pv -> new HammerAitoff()),
            Map.entry("COP", Conic::perspective),
            Map.entry("COE", Conic::equalArea),
            Map.entry("COD", Conic::equidistant),
            Map.entry("COO", Conic::orthomorphic),
            Map.entry("BON", Bonne::of),
            Map.entry("PCO", pv -> new Polyconic()),
            Map.entry("HPX", Healpix::of),
            Map.entry("XPH", pv -> new HealpixButterfly())));

    private Projections() {}

    /** Makes a projection from its parameters. */
    private interface Maker {
        Projection make(ProjectionParameters pv);
    }

    /** Returns the codes that are known, in alphabetical order. */
    public static Set<String> codes() {
        return Collections.unmodifiableSet(MAKERS.keySet());
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
