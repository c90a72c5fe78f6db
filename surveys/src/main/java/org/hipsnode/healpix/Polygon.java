package org.hipsnode.healpix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;

/**
 * The smaller of the two regions that a closed line of great-circle arcs cuts off; convex or not, drawn either way round.
 *
 * <p>The vertices must fit in a hemisphere, so that "smaller" has a meaning and no direction has its opposite inside too.
 */
public final class Polygon implements Region {
    private final List<UnitVector> vertices;
    private final List<UnitVector> normals;

    private Polygon(List<UnitVector> counterclockwise) {
        vertices = List.copyOf(counterclockwise);
        List<UnitVector> edges = new ArrayList<>();
        for (int i = 0; i < vertices.size(); i++) {
            edges.add(vertices.get(i).normalTo(next(i)));
        }
        normals = List.copyOf(edges);
    }

    /** Returns the polygon with these vertices, at least three, no two neighbouring ones equal, all in one hemisphere. */
    public static Polygon of(List<SkyPoint> points) {
        if (points.size() < 3) {
            throw new IllegalArgumentException("a polygon needs at least 3 vertices, found " + points.size());
        }
        List<UnitVector> vectors = new ArrayList<>();
        points.forEach(p -> vectors.add(p.vector()));
        UnitVector middle = middle(vectors);
        for (UnitVector v : vectors) {
            if (!(v.dot(middle) > 0)) {
                throw new IllegalArgumentException(
                        "a polygon must fit in a hemisphere, found " + points + "; cut it into several smaller ones");
            }
        }
        if (turnsClockwise(vectors, middle)) {
            Collections.reverse(vectors);
        }
        return new Polygon(vectors);
    }

    private static UnitVector middle(List<UnitVector> vectors) {
        double x = 0;
        double y = 0;
        double z = 0;
        for (UnitVector v : vectors) {
            x += v.x();
            y += v.y();
            z += v.z();
        }
        return UnitVector.towards(x, y, z);
    }

    /** Sums the signed solid angles of the triangles (middle, vertex, next), seen from outside the sphere. */
    private static boolean turnsClockwise(List<UnitVector> vectors, UnitVector middle) {
        double area = 0;
        for (int i = 0; i < vectors.size(); i++) {
            area += signedArea(middle, vectors.get(i), vectors.get((i + 1) % vectors.size()));
        }
        return area < 0;
    }

    /** Van Oosterom and Strackee 1983: tan(Ω/2) = a·(b×c) / (1 + a·b + b·c + c·a). */
    private static double signedArea(UnitVector a, UnitVector b, UnitVector c) {
        double triple = a.x() * (b.y() * c.z() - b.z() * c.y())
                + a.y() * (b.z() * c.x() - b.x() * c.z())
                + a.z() * (b.x() * c.y() - b.y() * c.x());
        return 2 * Math.atan2(triple, 1 + a.dot(b) + b.dot(c) + c.dot(a));
    }

    private UnitVector next(int i) {
        return vertices.get((i + 1) % vertices.size());
    }

    @Override
    public double depth(UnitVector direction) {
        double distance = Double.POSITIVE_INFINITY;
        for (int i = 0; i < vertices.size(); i++) {
            distance = Math.min(distance, distanceToEdge(i, direction));
        }
        return isInside(direction) ? distance : -distance;
    }

    private double distanceToEdge(int i, UnitVector p) {
        UnitVector a = vertices.get(i);
        UnitVector b = next(i);
        UnitVector n = normals.get(i);
        // p lies between the two great circles through a and b that cross the edge at right angles
        boolean beside = triple(n, a, p) >= 0 && triple(n, b, p) <= 0;
        return beside ? Math.abs(Math.asin(clamp(n.dot(p)))) : Math.min(p.angleTo(a), p.angleTo(b));
    }

    /** Returns (n × a) · p. */
    private static double triple(UnitVector n, UnitVector a, UnitVector p) {
        return (n.y() * a.z() - n.z() * a.y()) * p.x()
                + (n.z() * a.x() - n.x() * a.z()) * p.y()
                + (n.x() * a.y() - n.y() * a.x()) * p.z();
    }

    private static double clamp(double sine) {
        return Math.max(-1, Math.min(1, sine));
    }

    /** Counts how often the boundary winds round p: once, counterclockwise, if and only if p is inside. */
    private boolean isInside(UnitVector p) {
        double turned = 0;
        for (int i = 0; i < vertices.size(); i++) {
            turned += azimuthChange(p, vertices.get(i), next(i));
        }
        return turned > Math.PI;
    }

    /** Returns the signed angle at p from the arc towards a to the arc towards b. */
    private static double azimuthChange(UnitVector p, UnitVector a, UnitVector b) {
        double sine = triple(a, b, p);
        double cosine = a.dot(b) - a.dot(p) * b.dot(p);
        return Math.atan2(sine, cosine);
    }

    @Override
    public List<UnitVector> witnesses() {
        return vertices;
    }
}
