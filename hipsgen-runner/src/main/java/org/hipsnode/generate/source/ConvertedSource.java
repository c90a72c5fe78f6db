package org.hipsnode.generate.source;

import java.io.IOException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.tile.TileAddress;

/**
 * A source with its values in other numbers: as precise as the new type allows, integers rounded to the nearest, and held at
 * the ends of what the type can hold. Its blank stays blank.
 */
public final class ConvertedSource extends SourceAround {
    private final PixelFormat format;
    private final double least;
    private final double greatest;

    /** Takes a source of one number a pixel. */
    public ConvertedSource(TileSource source, PixelFormat format) {
        super(source);
        if (source.format().hasBlank() && !format.hasBlank()) {
            throw new IllegalArgumentException("blanks need a format that has them");
        }
        this.format = format;
        PixelType type = format.type();
        // the smallest number marks blanks, where there are any
        this.least = type.isFloating() ? 0 : type.smallest() + (format.hasBlank() ? 1.0 : 0);
        this.greatest = type.isFloating() ? 0 : type.largest();
    }

    /** Returns the format of numbers of a type that have their smallest as blank, or NaN. */
    public static PixelFormat format(PixelType type, double scale, double zero) {
        PixelFormat format = new PixelFormat(type, scale, zero, null);
        return type.isFloating() ? format : format.withBlank(type.smallest());
    }

    /** Returns the format in which the numbers of a type spread over a range of values. */
    public static PixelFormat spreading(PixelType type, double min, double max) {
        double least = type.smallest() + 1.0;
        double numbers = type.largest() - least;
        double scale = max > min ? (max - min) / numbers : 1;
        return format(type, scale, min - scale * least);
    }

    @Override
    public PixelFormat format() {
        return format;
    }

    @Override
    public boolean read(TileAddress address, int width, byte[] data) throws IOException {
        byte[] numbers = new byte[width * width * source.format().type().bytes()];
        if (!source.read(address, width, numbers)) {
            return false;
        }
        for (int i = 0; i < width * width; i++) {
            put(data, i, source.format().physical(numbers, i));
        }
        return true;
    }

    private void put(byte[] data, int index, double value) {
        if (Double.isNaN(value)) {
            format.putBlank(data, index);
            return;
        }
        double number = format.stored(value);
        if (format.type().isFloating()) {
            format.type().put(data, index, number);
        } else {
            format.type().putLong(data, index, Math.round(Math.max(least, Math.min(greatest, number))));
        }
    }
}
