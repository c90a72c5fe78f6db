package org.hipsnode.generate.source;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.hipsnode.fits.BinaryTable;
import org.hipsnode.fits.FitsHdu;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.sky.Frame;

/**
 * What the headers of a HEALPix map say, once the odd ones are understood (standards.md §4.2).
 *
 * <p>Cards count whether they stand in the table's header or in the primary one, as number or as string.
 */
final class MapHeader {
    /** How pixels are numbered. */
    enum Numbering {
        RING,
        NESTED,
        NUNIQ
    }

    private static final List<String> INDEX_COLUMNS =
            List.of("PIXEL", "PIX", "IPIX", "HPIX", "HEALPIX", "UNIQ", "NUNIQ");

    private final FitsHdu primary;
    private final FitsHdu hdu;
    private final Warnings warnings;

    MapHeader(FitsHdu primary, FitsHdu hdu, Warnings warnings) {
        this.primary = primary;
        this.hdu = hdu;
        this.warnings = warnings;
    }

    /** Tells whether a table looks like a HEALPix map. */
    boolean isMap() {
        return text("PIXTYPE").filter("HEALPIX"::equalsIgnoreCase).isPresent()
                || hdu.header().has("NSIDE")
                || hdu.header().has("ORDERING");
    }

    private Optional<String> text(String keyword) {
        return hdu.header().text(keyword).or(() -> primary.header().text(keyword));
    }

    private OptionalLong integer(String keyword) {
        OptionalLong here = hdu.header().integer(keyword);
        return here.isPresent() ? here : primary.header().integer(keyword);
    }

    private OptionalDouble number(String keyword) {
        OptionalDouble here = hdu.header().number(keyword);
        return here.isPresent() ? here : primary.header().number(keyword);
    }

    Numbering numbering() throws IOException {
        Optional<String> ordering = text("ORDERING").map(o -> o.toUpperCase(Locale.ROOT));
        if (ordering.isEmpty()) {
            warnings.add(hdu + " has no ORDERING card: taken as RING, as healpy does");
            return Numbering.RING;
        }
        return switch (ordering.get()) {
            case "RING" -> Numbering.RING;
            case "NESTED", "NEST" -> Numbering.NESTED;
            case "NUNIQ", "UNIQ" -> Numbering.NUNIQ;
            default ->
                throw MalformedDataException.expected(
                        hdu.toString(), "ORDERING of RING, NESTED or NUNIQ", "'" + ordering.get() + "'");
        };
    }

    /** Returns the order of the pixels, from NSIDE, else ORDER, else the number of pixels of a whole sky. */
    int pixelOrder(long pixels) throws IOException {
        long nside = integer("NSIDE")
                .orElseGet(() -> integer("ORDER").stream()
                        .filter(o -> o >= 0 && o < 30)
                        .map(o -> 1L << o)
                        .findFirst()
                        .orElse((long) Math.sqrt(pixels / 12.0)));
        if (nside < 1 || Long.bitCount(nside) != 1 || nside > 1L << HealpixGrid.MAX_ORDER) {
            throw new MalformedDataException("'" + hdu + "': expected NSIDE to be a power of two up to 2^29, found "
                    + text("NSIDE").orElse("none, for " + pixels + " pixels")
                    + "; regrid the map, for example with healpy.ud_grade");
        }
        return Long.numberOfTrailingZeros(nside);
    }

    /** Returns the column of pixel numbers, if there is one. */
    Optional<BinaryTable.Column> indexColumn(BinaryTable table) {
        boolean explicit = text("INDXSCHM").filter("EXPLICIT"::equalsIgnoreCase).isPresent();
        return table.columns().stream()
                .filter(c -> c.pixelType().filter(t -> !t.isFloating()).isPresent())
                .filter(c -> (explicit && c.number() == 1)
                        || c.name()
                                .filter(n -> INDEX_COLUMNS.contains(n.toUpperCase(Locale.ROOT)))
                                .isPresent())
                .findFirst();
    }

    boolean saysImplicit() {
        return text("INDXSCHM").filter("IMPLICIT"::equalsIgnoreCase).isPresent();
    }

    /** Returns the number of the first pixel of a map that holds only a stretch of the sky. */
    long firstPixel() {
        return integer("FIRSTPIX").orElse(0);
    }

    /** Returns the frame; galactic where the map does not say, as Hipsgen takes it. */
    Frame frame(Optional<Frame> given) throws IOException {
        if (given.isPresent()) {
            return given.get();
        }
        Optional<String> coordsys = text("COORDSYS").or(() -> text("SKYCOORD"));
        if (coordsys.isEmpty()) {
            warnings.add(hdu + " has no COORDSYS card: taken as galactic; if that is wrong, give --map-frame");
            return Frame.GALACTIC;
        }
        return switch (coordsys.get().toUpperCase(Locale.ROOT)) {
            case "G", "GAL", "GALACTIC" -> Frame.GALACTIC;
            case "C", "Q", "CEL", "EQ", "EQU", "EQUATORIAL", "CELESTIAL", "ICRS", "J2000", "FK5" -> Frame.EQUATORIAL;
            case "E", "ECL", "ECLIPTIC" -> Frame.ECLIPTIC;
            default ->
                throw new MalformedDataException("'" + hdu + "': expected COORDSYS of G, C or E, found '"
                        + coordsys.get() + "'; give --map-frame");
        };
    }

    /** Returns how the numbers of a column are to be read: TSCAL, TZERO, TNULL, else BSCALE, BZERO, BLANK. */
    PixelFormat format(BinaryTable.Column column) throws IOException {
        if (column.form() == 'L') {
            return PixelFormat.of(PixelType.UINT8).withBlank(MapColumn.UNDEFINED);
        }
        PixelType type = column.pixelType().orElse(PixelType.UINT8);
        boolean scaled = column.scale() != 1 || column.zero() != 0;
        double scale = scaled ? column.scale() : number("BSCALE").orElse(1);
        double zero = scaled ? column.zero() : number("BZERO").orElse(0);
        try {
            PixelFormat format = new PixelFormat(type, scale, zero, null);
            OptionalLong blank = column.blank().isPresent() ? column.blank() : integer("BLANK");
            return type.isFloating() || blank.isEmpty() ? format : format.withBlank(blank.getAsLong());
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("'" + hdu + "' column " + column.label() + ": " + e.getMessage(), e);
        }
    }

    /** Tells whether polarization angles count from north through east (POLCCONV = IAU), not from south as HEALPix has them. */
    boolean isIau() {
        return text("POLCCONV").filter("IAU"::equalsIgnoreCase).isPresent();
    }

    double badData() {
        return number("BAD_DATA").orElse(Double.NaN);
    }

    String unit(BinaryTable.Column column) {
        return column.unit().orElse("");
    }

    /** Returns the day on which the map was made, as its header says. */
    Optional<String> date() {
        return text("DATE");
    }
}
