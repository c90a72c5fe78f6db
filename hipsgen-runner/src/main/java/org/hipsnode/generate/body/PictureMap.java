package org.hipsnode.generate.body;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.generate.picture.PictureFile;
import org.hipsnode.generate.source.SpillFolder;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.survey.SurveyDefinition.BodyMap;

/**
 * Reads a PNG, JPEG or TIFF, unpacked into a plain file in stripes: colours as three numbers from 0 to 255, one number if it is
 * grey. Transparent pixels are blank. A GeoTIFF says where it is on the body.
 */
final class PictureMap {
    /** Stands for a transparent pixel of a colour picture. */
    static final short BLANK = -1;

    private final BodyMap map;

    private PictureMap(BodyMap map) {
        this.map = map;
    }

    static MapLabel read(BodyMap map) throws IOException {
        return new PictureMap(map).read();
    }

    private MapLabel read() throws IOException {
        try (PictureFile picture = PictureFile.open(map.map())) {
            return read(picture);
        }
    }

    private MapLabel read(PictureFile picture) throws IOException {
        int width = picture.width();
        int height = picture.height();
        if (width > Raster.MAX_SIDE || height > Raster.MAX_SIDE) {
            throw MalformedDataException.expected(
                    map.map().toString(), "at most " + Raster.MAX_SIDE + " pixels a side", width + "×" + height);
        }
        Optional<GeoKeys> keys = GeoKeys.of(picture, map.map().toString());
        Plane plane = keys.isPresent()
                ? new GeoTiffPlane(map, keys.get()).of(width, height)
                : new GivenPlane(map).of(width, height);
        SpillFolder place = SpillFolder.create();
        boolean done = false;
        try {
            MapLabel label = unpacked(picture, plane, place);
            done = true;
            return label;
        } finally {
            if (!done) {
                place.close();
            }
        }
    }

    private MapLabel unpacked(PictureFile picture, Plane plane, SpillFolder place) throws IOException {
        Path plain = place.file("plain.pixels");
        boolean colour = picture.isColour();
        SampleType type = colour ? SampleType.INT16 : picture.bits() > 24 ? SampleType.FLOAT64 : SampleType.FLOAT32;
        unpack(picture, type, plain);
        int bands = colour ? 3 : 1;
        long pixel = (long) bands * type.bytes();
        Raster raster = new Raster(
                picture.width(),
                picture.height(),
                bands,
                type,
                ByteOrder.BIG_ENDIAN,
                new Raster.Steps(0, picture.width() * pixel, pixel, type.bytes()),
                new Raster.Values(1, 0, blanks(picture, type)));
        return new MapLabel(
                raster,
                plain,
                place,
                plane,
                new MapLabel.Facts(Optional.empty(), "", Optional.empty(), colour, List.of(map.map())));
    }

    private Set<Double> blanks(PictureFile picture, SampleType type) throws IOException {
        if (picture.isColour()) {
            return Set.of((double) BLANK);
        }
        Set<Double> blanks = new HashSet<>();
        map.blank().ifPresent(blanks::add);
        picture.noData().ifPresent(value -> blanks.add(type == SampleType.FLOAT32 ? (double) (float) value : value));
        return blanks;
    }

    private static void unpack(PictureFile picture, SampleType type, Path plain) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(plain), 1 << 16))) {
            picture.read((top, stripe) -> {
                for (int line = 0; line < stripe.lines(); line++) {
                    if (type == SampleType.INT16) {
                        writeColours(stripe.colours(line), out);
                    } else {
                        writeValues(stripe.values(line), type, out);
                    }
                }
            });
        }
    }

    private static void writeValues(double[] values, SampleType type, DataOutputStream out) throws IOException {
        for (double value : values) {
            if (type == SampleType.FLOAT64) {
                out.writeDouble(value);
            } else {
                out.writeFloat((float) value);
            }
        }
    }

    private static void writeColours(int[] colours, DataOutputStream out) throws IOException {
        for (int colour : colours) {
            boolean blank = colour >>> 24 == 0;
            for (int shift = 16; shift >= 0; shift -= 8) {
                out.writeShort(blank ? BLANK : colour >> shift & 0xff);
            }
        }
    }
}
