package org.hipsnode.wcs.projection;

/**
 * Projections onto a cone: x = R sin(Cφ), y = Y0 − R cos(Cφ) (Paper II §5.4, eq. 111 to 119), with PVi_1 = θa and PVi_2 = η, half the
 * angle between the standard parallels.
 *
 * @param thetaA the middle latitude, native latitude of the reference point
 * @param c the constant C of the cone
 * @param meridian radius and latitude
 */
record Conic(double thetaA, double c, Meridian meridian) implements Projection {
    /** The standard latitudes in radians. */
    private record Parallels(double middle, double spread) {

        static Parallels of(ProjectionParameters pv) {
            Parallels parallels = new Parallels(Math.toRadians(pv.get(1, Double.NaN)), Math.toRadians(pv.get(2, 0)));
            if (!parallels.makeACone()) {
                throw new IllegalArgumentException("θa = " + pv.get(1, Double.NaN) + "° (PVi_1) with η = "
                        + pv.get(2, 0) + "° (PVi_2), which make no cone");
            }
            return parallels;
        }

        private boolean makeACone() {
            double quarter = Math.PI / 2 + Sphere.TOLERANCE;
            return Math.abs(Math.sin(middle)) > Sphere.TOLERANCE
                    && Math.abs(first()) <= quarter
                    && Math.abs(second()) <= quarter
                    && Math.cos(spread) > Sphere.TOLERANCE;
        }

        double first() {
            return middle - spread;
        }

        double second() {
            return middle + spread;
        }
    }

    /** COP, perspective: C = sin θa, R = cos η (cot θa − tan(θ − θa)) (§5.4.1, eq. 120 to 122). */
    static Conic perspective(ProjectionParameters pv) {
        Parallels p = Parallels.of(pv);
        double cot = 1 / Math.tan(p.middle());
        double cosEta = Math.cos(p.spread());
        return new Conic(p.middle(), Math.sin(p.middle()), new Meridian() {
            @Override
            public double radius(double theta) {
                double angle = theta - p.middle();
                return Math.cos(angle) > Sphere.TOLERANCE ? cosEta * (cot - Math.tan(angle)) : Double.NaN;
            }

            @Override
            public double latitude(double radius) {
                return p.middle() + Math.atan(cot - radius / cosEta);
            }
        });
    }

    /** COE, equal area: C = (sin θ1 + sin θ2) / 2, R = √(1 + sin θ1 sin θ2 − 2C sin θ) / C (§5.4.2, eq. 124 to 128). */
    static Conic equalArea(ProjectionParameters pv) {
        Parallels p = Parallels.of(pv);
        double sum = Math.sin(p.first()) + Math.sin(p.second());
        double product = 1 + Math.sin(p.first()) * Math.sin(p.second());
        return new Conic(p.middle(), sum / 2, new Meridian() {
            @Override
            public double radius(double theta) {
                return 2 / sum * Sphere.rootOfRest(product - sum * Math.sin(theta));
            }

            @Override
            public double latitude(double radius) {
                double half = radius * sum / 2;
                double sine = (product - half * half) / sum;
                return Math.abs(sine) <= 1 + Sphere.TOLERANCE ? Math.asin(Math.max(-1, Math.min(1, sine))) : Double.NaN;
            }
        });
    }

    /** COD, equidistant: C = sin θa sin η / η, R = θa − θ + η cot η cot θa (§5.4.3, eq. 129 to 132). */
    static Conic equidistant(ProjectionParameters pv) {
        Parallels p = Parallels.of(pv);
        double eta = p.spread();
        double c = Math.sin(p.middle()) * (eta == 0 ? 1 : Math.sin(eta) / eta);
        double apex = p.middle() + (eta == 0 ? 1 : eta / Math.tan(eta)) / Math.tan(p.middle());
        return new Conic(p.middle(), c, new Meridian() {
            @Override
            public double radius(double theta) {
                return apex - theta;
            }

            @Override
            public double latitude(double radius) {
                return apex - radius;
            }
        });
    }

    /** COO, orthomorphic: R = ψ tan^C((90° − θ) / 2) (§5.4.4, eq. 135 to 139). */
    static Conic orthomorphic(ProjectionParameters pv) {
        Parallels p = Parallels.of(pv);
        double tan1 = halfTangent(p.first());
        double tan2 = halfTangent(p.second());
        double c = p.spread() == 0
                ? Math.sin(p.first())
                : Math.log(Math.cos(p.second()) / Math.cos(p.first())) / Math.log(tan2 / tan1);
        double psi = Math.cos(p.first()) / (c * Math.pow(tan1, c));
        if (!Double.isFinite(psi) || psi == 0) {
            throw new IllegalArgumentException("standard parallels that reach a pole (PVi_1, PVi_2)");
        }
        return new Conic(p.middle(), c, new Meridian() {
            @Override
            public double radius(double theta) {
                double radius = psi * Math.pow(Math.max(0, halfTangent(theta)), c);
                return Math.abs(radius) < 1e10 ? radius : Double.NaN;
            }

            @Override
            public double latitude(double radius) {
                return Math.PI / 2 - 2 * Math.atan(Math.pow(radius / psi, 1 / c));
            }
        });
    }

    private static double halfTangent(double theta) {
        return Math.tan((Math.PI / 2 - theta) / 2);
    }

    @Override
    public double referenceLatitude() {
        return thetaA;
    }

    private double apex() {
        return meridian.radius(thetaA);
    }

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double radius = meridian.radius(Sphere.latitude(x, y, z));
        double angle = c * Math.atan2(y, x);
        plane[0] = radius * Math.sin(angle);
        plane[1] = apex() - radius * Math.cos(angle);
        return radius * thetaA >= 0;
    }

    /** Eq. 117 to 119: R has the sign of θa. */
    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double dy = apex() - y;
        double sign = Math.signum(thetaA);
        double phi = Math.atan2(sign * x, sign * dy) / c;
        double theta = meridian.latitude(sign * Math.hypot(x, dy));
        return Sphere.isOnMap(phi) && Sphere.put(phi, theta, vector);
    }
}
