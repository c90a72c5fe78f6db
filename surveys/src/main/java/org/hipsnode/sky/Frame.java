package org.hipsnode.sky;

import java.util.Arrays;
import java.util.Optional;

/**
 * A celestial frame in which a survey's tiles are laid out, with its rotation from ICRS.
 *
 * <p>The galactic rotation is the FK4-derived one of Aladin and astropy (`standards.md` §4.3); it differs from the
 * Hipparcos one by less than 0.025″. The ecliptic one is a turn about x by the IAU 1976 obliquity, ε = 84381.448″.
 */
public enum Frame {
    EQUATORIAL("equatorial", 'C', new UnitVector(1, 0, 0), new UnitVector(0, 1, 0), new UnitVector(0, 0, 1)),
    GALACTIC(
            "galactic",
            'G',
            new UnitVector(-0.05487565771261968, -0.8734370519557791, -0.48383507361641837),
            new UnitVector(0.49410943719710765, -0.4448297212220538, 0.7469821839845094),
            new UnitVector(-0.8676661375571626, -0.1980763372750706, 0.4559838136911524)),
    ECLIPTIC(
            "ecliptic",
            'E',
            new UnitVector(1, 0, 0),
            new UnitVector(0, 0.9174820620691818, 0.3977771559319137),
            new UnitVector(0, -0.3977771559319137, 0.9174820620691818));

    private final String keyword;
    private final char letter;
    private final UnitVector xAxis;
    private final UnitVector yAxis;
    private final UnitVector zAxis;

    /** The axes are those of this frame as directions in ICRS. */
    Frame(String keyword, char letter, UnitVector xAxis, UnitVector yAxis, UnitVector zAxis) {
        this.keyword = keyword;
        this.letter = letter;
        this.xAxis = xAxis;
        this.yAxis = yAxis;
        this.zAxis = zAxis;
    }

    /** Returns the value of {@code hips_frame}. */
    public String keyword() {
        return keyword;
    }

    /** Returns the value of {@code COORDSYS} in a HEALPix map or a MOC: C, G or E. */
    public char letter() {
        return letter;
    }

    /** Finds a frame by the value of {@code COORDSYS}. */
    public static Optional<Frame> ofLetter(String letter) {
        return Arrays.stream(values())
                .filter(frame -> letter.equals(String.valueOf(frame.letter)))
                .findFirst();
    }

    /** Returns the turn from ICRS into this frame. */
    public Rotation rotation() {
        return new Rotation(xAxis, yAxis, zAxis);
    }

    /** Returns a direction of this frame as one in ICRS. */
    public UnitVector toIcrs(UnitVector v) {
        return UnitVector.towards(
                xAxis.x() * v.x() + yAxis.x() * v.y() + zAxis.x() * v.z(),
                xAxis.y() * v.x() + yAxis.y() * v.y() + zAxis.y() * v.z(),
                xAxis.z() * v.x() + yAxis.z() * v.y() + zAxis.z() * v.z());
    }

    /** Returns a direction of ICRS as one in this frame. */
    public UnitVector fromIcrs(UnitVector v) {
        return UnitVector.towards(xAxis.dot(v), yAxis.dot(v), zAxis.dot(v));
    }
}
