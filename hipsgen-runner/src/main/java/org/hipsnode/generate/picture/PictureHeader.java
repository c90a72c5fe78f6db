package org.hipsnode.generate.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.io.MalformedDataException;

/**
 * Says where a picture is on the sky, as a FITS header whose lines count from the bottom: from a text file beside it ({@code .hhh},
 * as Aladin and Hipsgen have it), else from AVM in the picture.
 */
public final class PictureHeader {
    private static final String ENDING = "(?i)\\.(png|jpe?g|tiff?)$";

    private PictureHeader() {}

    /**
     * Finds the header of a picture.
     *
     * @param width of the picture in pixels
     */
    public static FitsHeader of(Path picture, int width, int height) throws IOException {
        Optional<Path> beside = beside(picture);
        if (beside.isPresent()) {
            return HeaderText.read(beside.get(), width, height);
        }
        Optional<AvmTags> tags = XmpPacket.avm(picture);
        if (tags.isEmpty()) {
            throw MalformedDataException.expected(
                    picture.toString(),
                    "a header beside the picture (" + base(picture) + ".hhh), or AVM in it, to say where it is",
                    "neither; a map of a body needs --body NAME");
        }
        return tags.get().header(picture.toString(), width, height);
    }

    /** Returns the file that has the header of a picture, if there is one. */
    public static Optional<Path> beside(Path picture) {
        return Stream.of(".hhh", ".HHH")
                .map(ending -> picture.resolveSibling(base(picture) + ending))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String base(Path picture) {
        return String.valueOf(picture.getFileName()).replaceFirst(ENDING, "");
    }
}
