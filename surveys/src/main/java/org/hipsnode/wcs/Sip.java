package org.hipsnode.wcs;

import java.util.Optional;
import org.hipsnode.wcs.WcsException.Kind;

/**
 * The Simple Imaging Polynomial (Shupe et al. 2005, eq. 1–3): offsets in pixels from CRPIX, u' = u + Σ A_p_q uᵖ v^q,
 * v' = v + Σ B_p_q uᵖ v^q. The header's inverse polynomials AP and BP are approximate and not used.
 */
record Sip(Polynomial a, Polynomial b) implements Distortion {
    private static final double MAX_ORDER = 9;

    /** Reads the polynomials, where there are any. */
    static Optional<Distortion> of(HeaderValues header) throws WcsException {
        if (!header.has("A_ORDER") && !header.has("B_ORDER")) {
            return Optional.empty();
        }
        return Optional.of(new Sip(polynomial(header, "A"), polynomial(header, "B")));
    }

    private static Polynomial polynomial(HeaderValues header, String name) throws WcsException {
        String keyword = name + "_ORDER";
        double order = header.number(keyword, 0);
        if (!(order >= 0 && order <= MAX_ORDER && order == Math.rint(order))) {
            throw new WcsException(Kind.BAD_VALUE, keyword + " of 0 to 9", header.text(keyword));
        }
        Polynomial polynomial = new Polynomial((int) order);
        for (int p = 0; p <= order; p++) {
            for (int q = 0; p + q <= order; q++) {
                polynomial.set(p, q, header.number(name + "_" + p + "_" + q, 0));
            }
        }
        return polynomial;
    }

    @Override
    public void apply(double x, double y, double[] out) {
        out[0] = x + a.value(x, y);
        out[1] = y + b.value(x, y);
    }
}
