package org.hipsnode.wcs;

import org.hipsnode.io.MalformedDataException;

/** A header from which no place on the sky can be told, with the reason; whoever knows the file adds its name. */
public final class WcsException extends MalformedDataException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    WcsException(Kind kind, String expected, String found) {
        super("header: expected " + expected + ", found " + found);
        this.kind = kind;
    }

    WcsException(Kind kind, String expected, String found, String nextStep) {
        super("header: expected " + expected + ", found " + found + "; " + nextStep);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong. */
    public enum Kind {
        /** Nothing is said about the sky. */
        NO_WCS,
        /** Fewer than two axes, or an axis without pixels. */
        TOO_FEW_AXES,
        /** The axes do not make one sky: longitude without latitude, two projections, or mixed with an axis beside. */
        INCONSISTENT_AXES,
        UNKNOWN_PROJECTION,
        /** Coordinates that are on no sphere of ours, such as those of a view of the Sun from Earth. */
        UNKNOWN_FRAME,
        UNKNOWN_UNIT,
        SINGULAR_MATRIX,
        /** A keyword with a value that cannot be. */
        BAD_VALUE
    }
}
