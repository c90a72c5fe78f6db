package org.hipsnode.generate.image;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hipsnode.generate.source.PositionedFile;
import org.hipsnode.generate.source.SpillFolder;
import org.hipsnode.generate.source.UnpackedFile;

/** The plain numbers of an image, row after row, to be read at any place; what was unpacked for it lasts until this is closed. */
final class PixelFile implements Closeable {
    private static final String PLAIN = "pixels";

    private final SkyImage image;
    private final PositionedFile numbers;
    private final Closeable unpacked;

    private PixelFile(SkyImage image, PositionedFile numbers, Closeable unpacked) {
        this.image = image;
        this.numbers = numbers;
        this.unpacked = unpacked;
    }

    /** Opens the file of an image, and unpacks what is packed. */
    static PixelFile open(SkyImage image) throws IOException {
        UnpackedFile file = UnpackedFile.of(image.place().file());
        boolean done = false;
        try {
            PixelFile opened = open(image, file.path(), file);
            done = true;
            return opened;
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    /**
     * Opens an image of a file that is unpacked already, and stays so at least until this is closed.
     *
     * @param file unpacked
     */
    static PixelFile open(SkyImage image, Path file) throws IOException {
        return open(image, file, () -> {});
    }

    private static PixelFile open(SkyImage image, Path file, Closeable unpacked) throws IOException {
        String name = image.toString();
        SkyImage.Storage storage = image.place().storage();
        if (storage == SkyImage.Storage.PLAIN) {
            return new PixelFile(image, PositionedFile.open(file, name), unpacked);
        }
        SpillFolder place = storage.isPicture() ? ofPicture(image, file) : decompressed(image, file);
        Closeable both = () -> {
            place.close();
            unpacked.close();
        };
        return new PixelFile(image, PositionedFile.open(place.file(PLAIN), name), both);
    }

    private static SpillFolder decompressed(SkyImage image, Path file) throws IOException {
        SpillFolder place = SpillFolder.create();
        boolean whole = false;
        try (CompressedImage pixels = CompressedImage.open(file, image.place().hdu(), image.toString());
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(place.file(PLAIN)), 1 << 16)) {
            int rows = pixels.rowsAtOnce();
            for (int row = 0; row < image.height(); row += rows) {
                pixels.write(image.place().plane(), row, Math.min(rows, image.height() - row), out);
            }
            whole = true;
            return place;
        } finally {
            if (!whole) {
                place.close();
            }
        }
    }

    private static SpillFolder ofPicture(SkyImage image, Path file) throws IOException {
        SpillFolder place = SpillFolder.create();
        boolean whole = false;
        try {
            PicturePixels.unpack(image, file, place.file(PLAIN));
            whole = true;
            return place;
        } finally {
            if (!whole) {
                place.close();
            }
        }
    }

    /**
     * Reads numbers, big-endian.
     *
     * @param pixel number of the first pixel in its plane
     */
    void read(long pixel, byte[] into, int offset, int length) throws IOException {
        long from = image.place().offset() + pixel * image.format().type().bytes();
        numbers.read(from, into, offset, length);
    }

    @Override
    public void close() throws IOException {
        try (unpacked) {
            numbers.close();
        }
    }
}
