package org.hipsnode.generate.body;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Latitudes;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Longitudes;

/** Reads an array of lines, or of bands of lines, by its PDS4 label, and where it is by the Cartography dictionary (PDS4 Information Model 1.19). */
final class Pds4Map {
    /** What every label of an observation has. */
    static final String START = "<Product_Observational";

    private static final List<String> BLANKS = List.of(
            "missing_constant",
            "invalid_constant",
            "not_applicable_constant",
            "unknown_constant",
            "error_constant",
            "saturated_constant",
            "high_instrument_saturation",
            "high_representation_saturation",
            "low_instrument_saturation",
            "low_representation_saturation");

    private final BodyMap map;
    private final String name;
    private final GivenPlane given;
    private final Pds4Label label;
    private final Warnings warnings;
    private final Pds4Label array;

    private Pds4Map(BodyMap map, Pds4Label label, Warnings warnings) throws IOException {
        this.map = map;
        this.name = map.map().toString();
        this.given = new GivenPlane(map);
        this.label = label;
        this.warnings = warnings;
        this.array = label.first(
                        "Array_2D_Image", "Array_2D_Map", "Array_2D", "Array_3D_Image", "Array_3D_Map", "Array_3D")
                .orElseThrow(() -> expected("an Array_2D_Image, Array_2D_Map or Array_3D_Image", "none"));
    }

    static MapLabel read(BodyMap map, Warnings warnings) throws IOException {
        return new Pds4Map(map, Pds4Label.read(map.map()), warnings).read();
    }

    private MapLabel read() throws IOException {
        int bands = bands();
        int lines = axis("line", bands > 0 ? 2 : 1);
        int samples = axis("sample", bands > 0 ? 3 : 2);
        String dataType = array.text("data_type").orElse("none");
        SampleType type = type(dataType);
        long row = (long) samples * type.bytes();
        boolean colour = bands == 3 && type == SampleType.UINT8;
        if (bands > 1 && !colour) {
            warnings.add("'" + name + "' has " + bands + " bands: the first is taken");
        }
        Raster.Steps steps = new Raster.Steps((long) offset(), row, type.bytes(), row * lines);
        boolean upwards = label.text("vertical_display_direction")
                .filter("Bottom to Top"::equalsIgnoreCase)
                .isPresent();
        Path data =
                Pds3Map.beside(map.map(), label.text("file_name").orElseThrow(() -> expected("a file_name", "none")));
        Raster raster = new Raster(
                samples,
                lines,
                colour ? 3 : 1,
                type,
                dataType.contains("LSB") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
                upwards ? steps.fromLast(lines) : steps,
                values(type));
        return new MapLabel(
                raster,
                data,
                () -> {},
                plane(samples, lines),
                new MapLabel.Facts(
                        label.first("Target_Identification").flatMap(target -> target.text("name")),
                        array.text("unit").orElse(""),
                        label.text("creation_date_time"),
                        colour,
                        List.of(map.map(), data)));
    }

    /** Returns how many bands follow each other; 0 if the array has no axis of them. */
    private int bands() throws IOException {
        boolean banded = array.all("Axis_Array").stream()
                .anyMatch(part ->
                        part.text("axis_name").filter("band"::equalsIgnoreCase).isPresent());
        return banded ? axis("band", 1) : 0;
    }

    private int axis(String axis, int sequence) throws IOException {
        for (Pds4Label part : array.all("Axis_Array")) {
            boolean named =
                    part.text("axis_name").filter(axis::equalsIgnoreCase).isPresent();
            double elements = part.number("elements").orElse(0);
            if (named
                    && part.number("sequence_number").orElse(0) == sequence
                    && elements >= 1
                    && elements <= Raster.MAX_SIDE
                    && elements == Math.rint(elements)) {
                return (int) elements;
            }
        }
        throw expected(
                "axis " + sequence + " named " + axis + ", of 1 to " + Raster.MAX_SIDE + " elements", "none such");
    }

    private double offset() throws IOException {
        double offset = array.number("offset").orElse(0);
        if (!(offset >= 0 && offset < 1L << 53)) {
            throw expected("an offset of 0 or more bytes", array.text("offset").orElse("none"));
        }
        return offset;
    }

    private SampleType type(String dataType) throws IOException {
        return switch (dataType) {
            case "UnsignedByte" -> SampleType.UINT8;
            case "SignedByte" -> SampleType.INT8;
            case "UnsignedMSB2", "UnsignedLSB2" -> SampleType.UINT16;
            case "SignedMSB2", "SignedLSB2" -> SampleType.INT16;
            case "UnsignedMSB4", "UnsignedLSB4" -> SampleType.UINT32;
            case "SignedMSB4", "SignedLSB4" -> SampleType.INT32;
            case "SignedMSB8", "SignedLSB8" -> SampleType.INT64;
            case "IEEE754MSBSingle", "IEEE754LSBSingle" -> SampleType.FLOAT32;
            case "IEEE754MSBDouble", "IEEE754LSBDouble" -> SampleType.FLOAT64;
            default -> throw expected("data_type of bytes, integers or IEEE 754 numbers", "'" + dataType + "'");
        };
    }

    private Raster.Values values(SampleType type) throws IOException {
        double scale = array.number("scaling_factor").orElse(1);
        double zero = array.number("value_offset").orElse(0);
        if (scale == 0 || !Double.isFinite(scale + zero)) {
            throw expected("a scaling_factor other than 0, and a value_offset", Double.toString(scale));
        }
        Set<Double> blanks = new HashSet<>();
        for (String keyword : BLANKS) {
            array.number(keyword)
                    .ifPresent(number -> blanks.add(type == SampleType.FLOAT32 ? (double) (float) number : number));
        }
        map.blank().ifPresent(value -> blanks.add((value - zero) / scale));
        return new Raster.Values(scale, zero, blanks);
    }

    private Plane plane(int width, int height) throws IOException {
        given.requireLabelled();
        Pds4Label cartography = label.first("Cartography")
                .orElseThrow(() -> expected("a Cartography, where it is on the body", "none"));
        String projection = cartography.text("map_projection_name").orElse("none");
        return switch (projection.toLowerCase(Locale.ROOT)) {
            case "equirectangular", "simple cylindrical" ->
                hasCorner(cartography) ? equirectangular(cartography, height) : cylindrical(cartography, width, height);
            case "polar stereographic" -> polar(cartography);
            case "sinusoidal" -> sinusoidal(cartography);
            default ->
                throw expected(
                        "map_projection_name of Equirectangular, Polar Stereographic or Sinusoidal",
                        "'" + projection + "'; convert it by gdalwarp to one of them, in GeoTIFF");
        };
    }

    private Longitudes longitudes(Pds4Label cartography) {
        boolean west = cartography
                .text("longitude_direction")
                .filter("Positive West"::equalsIgnoreCase)
                .isPresent();
        return west ? Longitudes.WEST : Longitudes.EAST;
    }

    private Ellipsoid ellipsoid(Pds4Label cartography) throws IOException {
        boolean graphic = cartography
                .text("latitude_type")
                .filter("Planetographic"::equalsIgnoreCase)
                .isPresent();
        double equator = radius(cartography);
        double pole = cartography
                .number("c_axis_radius")
                .orElse(cartography.number("polar_radius").orElse(0));
        return given.ellipsoid(
                graphic ? Latitudes.PLANETOGRAPHIC : Latitudes.PLANETOCENTRIC,
                equator > 0 && pole > 0 ? OptionalDouble.of(1 - pole / equator) : OptionalDouble.empty());
    }

    private static double radius(Pds4Label cartography) {
        return cartography
                .number("a_axis_radius")
                .orElse(cartography.number("semi_major_radius").orElse(0));
    }

    private double number(Pds4Label part, String name) throws IOException {
        Optional<String> text = part.text(name);
        return part.number(name).orElseThrow(() -> expected(name, text.orElse("none")));
    }

    /** The bounding coordinates are those of the map's edges. */
    private Plane cylindrical(Pds4Label cartography, int width, int height) throws IOException {
        Longitudes way = longitudes(cartography);
        double west = given.eastwards(number(cartography, "west_bounding_coordinate"), way);
        double east = given.eastwards(number(cartography, "east_bounding_coordinate"), way);
        double north = number(cartography, "north_bounding_coordinate");
        double south = number(cartography, "south_bounding_coordinate");
        double across = east - west > 0 ? east - west : east - west + 360;
        if (!(across > 0 && across <= 360 && north > south && north <= 90 && south >= -90)) {
            throw expected(
                    "bounding coordinates of a part of a body",
                    west + " to " + east + " and " + south + " to " + north);
        }
        double down = height / (north - south);
        return new CylindricalPlane(
                ellipsoid(cartography),
                west + across / 2,
                (width - 1) / 2.0,
                north * down - 0.5,
                width / across,
                down,
                height);
    }

    /** Tells whether the corner in metres is told, which is exacter than bounding coordinates. */
    private static boolean hasCorner(Pds4Label cartography) {
        return cartography.metres("pixel_resolution_x").orElse(0) > 0
                && radius(cartography) > 0
                && cartography.number("upperleft_corner_x").isPresent()
                && cartography.number("upperleft_corner_y").isPresent()
                && cartography.number("latitude_of_projection_origin").orElse(0) == 0;
    }

    /** Snyder 1987, p. 91: x = R (λ − λ0) cos φ1, y = R φ. */
    private Plane equirectangular(Pds4Label cartography, int height) throws IOException {
        double parallel = cartography.number("standard_parallel_1").orElse(0);
        if (!(Math.abs(parallel) < 89)) {
            throw expected("standard_parallel_1 of less than 89 degrees", Double.toString(parallel));
        }
        double resolution = resolution(cartography);
        double degree = Math.toRadians(radius(cartography)) / resolution;
        return new CylindricalPlane(
                ellipsoid(cartography),
                meridian(cartography),
                originX(cartography, resolution),
                originY(cartography, resolution),
                degree * Math.cos(Math.toRadians(parallel)),
                degree,
                height);
    }

    private Plane sinusoidal(Pds4Label cartography) throws IOException {
        double resolution = resolution(cartography);
        Ellipsoid ellipsoid = ellipsoid(cartography);
        return new SinusoidalPlane(
                ellipsoid,
                ellipsoid,
                meridian(cartography),
                new SinusoidalPlane.Origin(originX(cartography, resolution), originY(cartography, resolution)),
                radius(cartography) / resolution);
    }

    private Plane polar(Pds4Label cartography) throws IOException {
        double latitude = number(cartography, "latitude_of_projection_origin");
        double scale = cartography.number("scale_factor_at_projection_origin").orElse(1);
        if (Math.abs(latitude) != 90 || !(scale > 0 && scale <= 2)) {
            throw expected(
                    "latitude_of_projection_origin of 90 or -90, and a scale factor about 1",
                    latitude + " and " + scale);
        }
        double resolution = resolution(cartography);
        return new PolarPlane(
                ellipsoid(cartography),
                latitude < 0,
                meridian(cartography),
                originX(cartography, resolution),
                originY(cartography, resolution),
                radius(cartography) * scale / resolution);
    }

    /** Returns metres of a pixel, which is as high as wide. */
    private double resolution(Pds4Label cartography) throws IOException {
        double across = cartography.metres("pixel_resolution_x").orElse(0);
        double down = cartography.metres("pixel_resolution_y").orElse(across);
        if (!(across > 0 && Math.abs(across - down) <= 1e-6 * across && radius(cartography) > 0)) {
            throw expected(
                    "pixel_resolution_x and _y of one length above 0, and a radius of the body",
                    across + " and " + down + " m, radius " + radius(cartography));
        }
        return across;
    }

    private double meridian(Pds4Label cartography) throws IOException {
        // older labels of polar maps have another name for it
        String name = cartography.text("longitude_of_central_meridian").isPresent()
                ? "longitude_of_central_meridian"
                : "straight_vertical_longitude_from_pole";
        return given.eastwards(given.centre(number(cartography, name)), longitudes(cartography));
    }

    /** The corner is that of the first pixel, not its middle. */
    private double originX(Pds4Label cartography, double resolution) throws IOException {
        return -number(cartography, "upperleft_corner_x") / resolution - 0.5;
    }

    private double originY(Pds4Label cartography, double resolution) throws IOException {
        return number(cartography, "upperleft_corner_y") / resolution - 0.5;
    }

    private MalformedDataException expected(String expected, String found) {
        return MalformedDataException.expected(name, expected, found);
    }
}
