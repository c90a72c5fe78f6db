package org.hipsnode.wcs;

import java.util.Optional;

/** The matrix in the unit of its rows, from whichever of the three forms a header has: PC with CDELT, CD, or CROTA. */
record LinearMatrix(HeaderValues header, CelestialAxes axes, Form form) {

    /** How the header says it. */
    private enum Form {
        /** Paper I §2.1.2: CDELTi × PCi_j, of which the diagonal is 1 where it is missing. */
        PC,
        /** Paper I §2.1.3: CDi_j; what is missing is 0. */
        CD,
        /** Paper II §6.1, eq. 187 and 188: CROTA of the latitude turns both axes. */
        CROTA
    }

    static LinearMatrix of(HeaderValues header, CelestialAxes axes) throws WcsException {
        return new LinearMatrix(header, axes, form(header, axes));
    }

    private static Form form(HeaderValues header, CelestialAxes axes) throws WcsException {
        int count = header.axes();
        if (hasAny(header, "PC", axes, count)) {
            return Form.PC;
        }
        if (hasAny(header, "CD", axes, count)) {
            return Form.CD;
        }
        return header.has("CROTA" + axes.lat()) ? Form.CROTA : Form.PC;
    }

    private static boolean hasAny(HeaderValues header, String name, CelestialAxes axes, int count) {
        for (int column = 1; column <= count; column++) {
            if (header.has(name + axes.lon() + "_" + column) || header.has(name + axes.lat() + "_" + column)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the element of the longitude's or the latitude's row. */
    double element(int row, int column) throws WcsException {
        String place = row + "_" + column;
        double unit = row == column ? 1 : 0;
        return switch (form) {
            case CD -> header.number("CD" + place, 0);
            case CROTA -> rotated(row, column).orElse(unit * cdelt(row));
            case PC -> cdelt(row) * header.number("PC" + place, unit);
        };
    }

    private Optional<Double> rotated(int row, int column) throws WcsException {
        if (column != axes.lon() && column != axes.lat()) {
            return Optional.empty();
        }
        double angle = Math.toRadians(header.number("CROTA" + axes.lat(), 0));
        if (row == column) {
            return Optional.of(cdelt(row) * Math.cos(angle));
        }
        double sign = row == axes.lon() ? -1 : 1;
        return Optional.of(sign * cdelt(column) * Math.sin(angle));
    }

    private double cdelt(int axis) throws WcsException {
        return header.number("CDELT" + axis, 1);
    }
}
