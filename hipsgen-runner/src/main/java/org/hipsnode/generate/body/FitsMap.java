package org.hipsnode.generate.body;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.hipsnode.fits.FitsFile;
import org.hipsnode.fits.FitsHdu;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.generate.source.UnpackedFile;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Latitudes;
import org.hipsnode.wcs.ImageWcs;
import org.hipsnode.wcs.WcsException;

/** Reads the first image of a FITS file whose coordinates are on a body, or that has none. */
final class FitsMap {
    private final BodyMap map;
    private final String name;
    private final GivenPlane given;

    private FitsMap(BodyMap map) {
        this.map = map;
        this.name = map.map().toString();
        this.given = new GivenPlane(map);
    }

    static MapLabel read(BodyMap map) throws IOException {
        UnpackedFile unpacked = UnpackedFile.of(map.map());
        boolean done = false;
        try {
            MapLabel label = new FitsMap(map).read(unpacked);
            done = true;
            return label;
        } finally {
            if (!done) {
                unpacked.close();
            }
        }
    }

    private MapLabel read(UnpackedFile unpacked) throws IOException {
        FitsHdu hdu = FitsFile.hdus(unpacked.path()).stream()
                .filter(FitsMap::isImage)
                .findFirst()
                .orElseThrow(() -> expected("an image with NAXIS of 2 or more, not compressed in a table", "none"));
        FitsHeader header = hdu.header();
        int width = side(header, 1);
        int height = side(header, 2);
        SampleType type = type(header);
        long row = (long) width * type.bytes();
        Raster raster = new Raster(
                width,
                height,
                1,
                type,
                ByteOrder.BIG_ENDIAN,
                new Raster.Steps(hdu.dataOffset(), row, type.bytes(), 0),
                values(header, type));
        Optional<WcsPlane> plane = plane(header);
        if (plane.isPresent()) {
            given.requireLabelled();
            return label(raster, unpacked, plane.get(), header);
        }
        // the first line of FITS is the lowest
        Raster downwards = new Raster(
                width, height, 1, type, raster.order(), raster.steps().fromLast(height), raster.values());
        return label(downwards, unpacked, given.of(width, height), header);
    }

    private MapLabel label(Raster raster, UnpackedFile unpacked, Plane plane, FitsHeader header) {
        return new MapLabel(
                raster,
                unpacked.path(),
                unpacked,
                plane,
                new MapLabel.Facts(
                        body(header), header.text("BUNIT").orElse(""), header.text("DATE"), false, List.of(map.map())));
    }

    /** Carrington's and Stonyhurst's longitudes are on the Sun (Thompson 2006). */
    private static Optional<String> body(FitsHeader header) {
        boolean solar = header.text("CTYPE1")
                .filter(type -> type.matches("(CRLN|HGLN).*"))
                .isPresent();
        return solar ? Optional.of("sun") : header.text("OBJECT").filter(name -> name.matches("[A-Za-z][\\w-]{1,30}"));
    }

    private static boolean isImage(FitsHdu hdu) {
        boolean image = hdu.number() == 0
                || hdu.header().text("XTENSION").filter("IMAGE"::equals).isPresent();
        return image && hdu.header().integer("NAXIS", 0) >= 2;
    }

    private int side(FitsHeader header, int axis) throws IOException {
        long side = header.integer("NAXIS" + axis, 0);
        if (side < 1 || side > Raster.MAX_SIDE) {
            throw expected("NAXIS" + axis + " of 1 to " + Raster.MAX_SIDE, Long.toString(side));
        }
        return (int) side;
    }

    private SampleType type(FitsHeader header) throws IOException {
        return switch ((int) header.integer("BITPIX", 0)) {
            case 8 -> SampleType.UINT8;
            case 16 -> SampleType.INT16;
            case 32 -> SampleType.INT32;
            case 64 -> SampleType.INT64;
            case -32 -> SampleType.FLOAT32;
            case -64 -> SampleType.FLOAT64;
            default ->
                throw expected(
                        "BITPIX of 8, 16, 32, 64, -32 or -64",
                        header.text("BITPIX").orElse("none"));
        };
    }

    private Raster.Values values(FitsHeader header, SampleType type) {
        double scale = header.number("BSCALE", 1);
        double zero = header.number("BZERO", 0);
        Set<Double> blanks = new HashSet<>();
        OptionalDouble blank = header.number("BLANK");
        if (blank.isPresent() && type != SampleType.FLOAT32 && type != SampleType.FLOAT64) {
            blanks.add(blank.getAsDouble());
        }
        map.blank().ifPresent(value -> blanks.add((value - zero) / scale));
        return new Raster.Values(scale, zero, blanks);
    }

    /** Returns where a header with a WCS puts the map; empty if it has none. */
    private Optional<WcsPlane> plane(FitsHeader header) throws IOException {
        ImageWcs wcs;
        try {
            wcs = ImageWcs.of(header);
        } catch (WcsException e) {
            if (e.kind() == WcsException.Kind.NO_WCS) {
                return Optional.empty();
            }
            throw new MalformedDataException("'" + name + "': " + e.getMessage(), e);
        }
        if (wcs.frame().isCelestial()) {
            throw expected("coordinates on a body", wcs.frame() + ", of the sky; leave out --body");
        }
        if (wcs.xAxis() != 1 || wcs.yAxis() != 2) {
            throw expected("the body along axes 1 and 2", "it along axes " + wcs.xAxis() + " and " + wcs.yAxis());
        }
        Ellipsoid ellipsoid = given.ellipsoid(Latitudes.PLANETOCENTRIC, OptionalDouble.empty());
        return Optional.of(WcsPlane.of(wcs, given.isWest(), ellipsoid));
    }

    private MalformedDataException expected(String expected, String found) {
        return MalformedDataException.expected(name, expected, found);
    }
}
