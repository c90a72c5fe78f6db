package org.hipsnode.generate.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import org.hipsnode.fits.FitsFile;
import org.hipsnode.fits.FitsHdu;
import org.hipsnode.generate.picture.PictureFile;
import org.hipsnode.generate.source.UnpackedFile.Packing;
import org.hipsnode.io.MalformedDataException;

/** Tells by the first bytes of a file whether it holds images or a table. */
public final class FirstLook {
    /** Room for the headers of an empty primary HDU and of the first extension. */
    private static final int BYTES = 1 << 20;

    private FirstLook() {}

    /** Tells whether the first data of a file are an image, compressed or not, or a picture. */
    public static boolean isImage(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        if (PictureFile.isPicture(file)) {
            return true;
        }
        try (InputStream in = Packing.of(file).open(file)) {
            return startsWithImage(FitsFile.hdus(in.readNBytes(BYTES), file.toString()));
        } catch (MalformedDataException | ZipException | EOFException e) {
            return false; // what is wrong is told by who opens it
        }
    }

    private static boolean startsWithImage(List<FitsHdu> hdus) {
        FitsHdu first = hdus.get(0);
        if (first.header().integer("NAXIS", 0) > 0 || hdus.size() == 1) {
            return first.header().integer("NAXIS", 0) >= 2;
        }
        FitsHdu second = hdus.get(1);
        return !second.isTable() || second.header().isCompressedImage();
    }
}
