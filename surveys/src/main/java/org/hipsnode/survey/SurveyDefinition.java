package org.hipsnode.survey;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileFormat;

/**
 * What we intend a survey to be: the source, the tiles, how they look, what the keyword list says, and what makes the tiles.
 *
 * @param keywords keywords of {@code properties} that are given and not computed, among them creator_did, obs_title and
 *     hips_release_date
 * @param downloads files of the source that must be fetched first
 */
public record SurveyDefinition(
        Source source, Tiles tiles, Display display, HipsProperties keywords, Engine engine, List<Download> downloads) {
    /** A day: who has to wait longer for a sign of life has other troubles. */
    public static final int MAX_SILENCE_MINUTES = 24 * 60;

    /** Where the values come from. */
    public sealed interface Source permits Part, Colour, Polarization, Cube {}

    /** A source of one value for each pixel, which may be a channel of a colour picture. */
    public sealed interface Part extends Source permits MapFile, Hips, Images, BodyMap {}

    /**
     * A HEALPix map.
     *
     * @param map its file
     * @param hdu number of the HDU, 1 for the first extension
     * @param column name or number of the column
     * @param frame frame of the map, where its header does not tell or tells wrong
     */
    public record MapFile(Path map, OptionalInt hdu, Optional<String> column, Optional<Frame> frame) implements Part {
        /** A file of which everything else is found out. */
        public static MapFile of(Path map) {
            return new MapFile(map, OptionalInt.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * Another survey.
     *
     * @param place its folder, or its address on the web
     */
    public record Hips(String place) implements Part {

        /** Tells whether it lies on a far server. */
        public boolean isRemote() {
            return place.matches("(?i)https?://.*");
        }
    }

    /**
     * A collection of FITS images that lie on the sky.
     *
     * @param places files, and folders with all that is in them
     * @param hdus which images of each file: numbers such as {@code 1,3-5}, names, or all; empty for the first
     * @param plane of a cube, from 1
     * @param blank value of pixels that are blank, besides those that files mark
     */
    public record Images(
            List<Path> places,
            Optional<String> hdus,
            OptionalInt plane,
            Coadd coadd,
            OptionalDouble blank,
            Weights weights,
            Adjustment adjustment)
            implements Part {
        public Images {
            places = List.copyOf(places);
        }

        /** Images that are taken as they are, with equal weights. */
        public Images(List<Path> places, Optional<String> hdus, OptionalInt plane, Coadd coadd, OptionalDouble blank) {
            this(places, hdus, plane, coadd, blank, Weights.EQUAL, Adjustment.NONE);
        }

        /**
         * How much values count in a mean.
         *
         * @param map extension with the weight of each pixel, by name or number, or what stands in place of {@code .fits} in
         *     the name of a file beside the image, such as {@code .weight.fits}
         * @param errors the same for standard deviations, whose weights are 1/σ²
         * @param keyword whose number in the header counts for the whole image
         */
        public record Weights(Optional<String> map, Optional<String> errors, Optional<String> keyword) {
            public static final Weights EQUAL = new Weights(Optional.empty(), Optional.empty(), Optional.empty());

            /** Tells whether every pixel of every image counts the same. */
            public boolean areEqual() {
                return map.isEmpty() && errors.isEmpty() && keyword.isEmpty();
            }
        }

        /**
         * What is done to an image before it meets others; each part in the words of its flag.
         *
         * @param border what is cut: {@code 10}, {@code 1,2,3,4}, {@code ellipse} or {@code polygon} with numbers
         * @param saturated value from which on pixels are blank, or the keyword that tells it
         * @param scale keyword whose number values are multiplied by, or {@code 1/KEYWORD}
         */
        public record Adjustment(
                Optional<String> border, Optional<String> saturated, Optional<String> scale, Background background) {
            public static final Adjustment NONE =
                    new Adjustment(Optional.empty(), Optional.empty(), Optional.empty(), Background.NONE);
        }

        /** What is taken away from an image so that it fits the others. */
        public enum Background {
            /** Nothing. */
            NONE,
            /** Its own middle value, stars left out. */
            CONSTANT,
            /** The constants that make overlaps alike, whose mean is zero. */
            OVERLAPS;

            /** Returns the word for it in flags and definitions. */
            public String keyword() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** Images of which everything else is usual. */
        public static Images of(List<Path> places) {
            return new Images(places, Optional.empty(), OptionalInt.empty(), Coadd.MEAN, OptionalDouble.empty());
        }

        /** What becomes of the values of several images at one place; images are sorted by the names of their files. */
        public enum Coadd {
            /** Their mean. */
            MEAN,
            /** Their mean, with weights that grow from an image's border inwards. */
            FADING,
            /** The middle one. */
            MEDIAN,
            /** Their sum. */
            SUM,
            /** That of the first image. */
            FIRST,
            /** That of the last image. */
            LAST;

            /** Returns the word for it in flags and definitions. */
            public String keyword() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /**
     * A plane map of a planet, a moon or the Sun. What is left open the map's label or header tells.
     *
     * @param map a FITS image, a picture, or a label of PDS3 or PDS4
     * @param body its name
     * @param blank value of pixels that are blank, besides those that the map marks
     */
    public record BodyMap(Path map, Optional<String> body, Plane plane, OptionalDouble blank) implements Part {
        /** A map whose label tells all. */
        public static BodyMap of(Path map) {
            return new BodyMap(map, Optional.empty(), Plane.AS_LABELLED, OptionalDouble.empty());
        }

        /**
         * How a map without a label lies on the body. East is to the right, or counterclockwise around the north pole.
         *
         * @param centreLongitude in degrees: of the middle of a cylindrical map, of the line from the pole down (north) or up
         *     (south) on a polar one
         * @param flattening of the body: (equatorial − polar radius) / equatorial radius
         * @param edgeLatitude of a polar map: at the middle of its sides, below 0 around the south pole
         */
        public record Plane(
                Optional<Projection> projection,
                OptionalDouble centreLongitude,
                Optional<Longitudes> longitudes,
                Optional<Latitudes> latitudes,
                OptionalDouble flattening,
                OptionalDouble edgeLatitude) {
            public static final Plane AS_LABELLED = new Plane(
                    Optional.empty(),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty());
        }

        /** How the sphere becomes a plane. */
        public enum Projection {
            /** The whole body, as many pixels for each degree everywhere. */
            CYLINDRICAL,
            /** Stereographic around a pole. */
            POLAR;

            /** Returns the word for it in flags and definitions. */
            public String keyword() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** Which way longitudes of the map are counted. */
        public enum Longitudes {
            EAST,
            WEST;

            /** Returns the word for it in flags and definitions. */
            public String keyword() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** What latitudes of the map are: angles at the centre, or of the upright on the ellipsoid. */
        public enum Latitudes {
            PLANETOCENTRIC,
            PLANETOGRAPHIC;

            /** Returns the word for it in flags and definitions. */
            public String keyword() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** Three sources on one grid, drawn as one picture. */
    public record Colour(Part red, Part green, Part blue) implements Source {
        public List<Part> channels() {
            return List.of(red, green, blue);
        }
    }

    /**
     * What follows from the Stokes parameters Q and U of a map.
     *
     * @param map whose column is that of Q
     * @param u name or number of the column of U
     */
    public record Polarization(MapFile map, Optional<String> u, Quantity quantity) implements Source {
        /** What is shown. */
        public enum Quantity {
            /** √(Q² + U²), in the unit of the map. */
            INTENSITY,
            /** ½ atan2(U, Q) in degrees. */
            ANGLE;

            /** Returns the word for it in flags and definitions. */
            public String keyword() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** The maps of one file as the channels of a cube, in their sequence. */
    public record Cube(MapFile map, Along along) implements Source {
        /** Where the channels are. */
        public enum Along {
            /** In the columns of one HDU. */
            COLUMNS,
            /** In the HDUs of the file, one column of each. */
            HDUS;

            /** Returns the word for it in flags and definitions. */
            public String keyword() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /**
     * What is written.
     *
     * @param formats empty for the usual ones
     * @param pixels empty to keep the source's numbers
     * @param region what of the sky is taken
     */
    public record Tiles(
            List<TileFormat> formats,
            OptionalInt width,
            OptionalInt order,
            Resampling resampling,
            Optional<Pixels> pixels,
            Optional<Path> region) {
        /** The usual formats; everything else as the source has it. */
        public static final Tiles USUAL = of(List.of(), OptionalInt.empty(), OptionalInt.empty());

        public Tiles {
            formats = List.copyOf(formats);
        }

        /** Tiles of the source's pixels as they are. */
        public static Tiles of(List<TileFormat> formats, OptionalInt width, OptionalInt order) {
            return new Tiles(formats, width, order, Resampling.NONE, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Pixels other than the source's.
     *
     * @param frame of the tiles, if not the source's
     * @param method how values between pixels are found; must be given where only the order asks for it
     */
    public record Resampling(Optional<Frame> frame, Optional<Method> method) {
        public static final Resampling NONE = new Resampling(Optional.empty(), Optional.empty());

        /** How a value between pixels is found. */
        public enum Method {
            /** That of the pixel that holds the place. */
            NEAREST,
            /** The mean of the four pixels around the place, weighted by how near they are along two rings. */
            BILINEAR,
            /** Of images: the mean of all pixels that a pixel touches, weighted by the areas of the overlaps. */
            AREA;

            /** Returns the word for it in flags and definitions. */
            public String keyword() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /**
     * The numbers in FITS tiles: value = zero + scale × number.
     *
     * @param bitpix 8, 16, 32, 64, −32 or −64
     * @param scale BSCALE; empty to be found from the range of the values
     * @param zero BZERO; as scale
     */
    public record Pixels(int bitpix, OptionalDouble scale, OptionalDouble zero) {}

    /**
     * How values become colours; each part in the words of its flag, empty to be chosen from the data.
     *
     * @param cut such as {@code 0.5% 99.5%} or {@code -3 120}; three of them with {@code /} between for red, green and blue
     * @param composition how three values become a colour: channels or lupton
     */
    public record Display(
            Optional<String> cut, Optional<String> stretch, Optional<String> colormap, Optional<String> composition) {
        /** Everything chosen from the data. */
        public static final Display FROM_DATA = of(Optional.empty(), Optional.empty(), Optional.empty());

        /** How single values become colours. */
        public static Display of(Optional<String> cut, Optional<String> stretch, Optional<String> colormap) {
            return new Display(cut, stretch, colormap, Optional.empty());
        }
    }

    /** What makes the tiles. */
    public sealed interface Engine {
        Engine NATIVE = new Native();

        /** Returns the word for it in flags and definitions. */
        String keyword();

        /** This program. */
        record Native() implements Engine {
            @Override
            public String keyword() {
                return "native";
            }
        }

        /**
         * An Aladin that is installed, whose Hipsgen is run.
         *
         * @param jar empty for the one that Debian's package installs
         * @param silence how long it may write nothing before it is taken for dead
         */
        record Aladin(Optional<Path> jar, Duration silence) implements Engine {
            /** Hipsgen writes at least a dot each second, so minutes are plenty. */
            public static final Aladin USUAL = new Aladin(Optional.empty(), Duration.ofMinutes(10));

            @Override
            public String keyword() {
                return "aladin";
            }
        }
    }

    public SurveyDefinition {
        downloads = List.copyOf(downloads);
    }

    /** A survey whose tiles this program makes itself. */
    public SurveyDefinition(Source source, Tiles tiles, Display display, HipsProperties keywords) {
        this(source, tiles, display, keywords, Engine.NATIVE);
    }

    /** A survey from files that are here. */
    public SurveyDefinition(Source source, Tiles tiles, Display display, HipsProperties keywords, Engine engine) {
        this(source, tiles, display, keywords, engine, List.of());
    }

    /** Reads a definition; files from afar are meant for the folder {@code sources} beside it. */
    public static SurveyDefinition read(Path file) throws IOException {
        return read(file, file.toAbsolutePath().resolveSibling("sources"));
    }

    /**
     * Reads a definition; relative paths count from the definition's folder.
     *
     * @param cache folder where files from afar will lie
     */
    public static SurveyDefinition read(Path file, Path cache) throws IOException {
        return new DefinitionReader(file, cache).read();
    }
}
