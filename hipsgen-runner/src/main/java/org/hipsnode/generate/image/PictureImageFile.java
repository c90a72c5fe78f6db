package org.hipsnode.generate.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.generate.picture.PictureFile;
import org.hipsnode.generate.picture.PictureHeader;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.wcs.ImageWcs;

/** Takes a picture for an image, if it says where it is on the sky. */
final class PictureImageFile {
    /** Java's pictures are held as arrays, a stripe at least. */
    private static final int MAX_SIDE = 1 << 20;

    private PictureImageFile() {}

    /** Looks into a file; what is wrong with it is in the answer. */
    static FitsImageFile.Contents read(Path file, ImageSelection selection) throws IOException {
        try (PictureFile picture = PictureFile.open(file)) {
            return new FitsImageFile.Contents(file, List.of(image(file, picture, selection)), List.of(), 0);
        } catch (MalformedDataException e) {
            String reason = String.valueOf(e.getMessage()).replace("'" + file + "': ", "");
            return new FitsImageFile.Contents(file, List.of(), List.of(new Rejection(file, reason)), 0);
        }
    }

    private static SkyImage image(Path file, PictureFile picture, ImageSelection selection) throws IOException {
        int width = picture.width();
        int height = picture.height();
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw MalformedDataException.expected(
                    file.toString(), "at most " + MAX_SIDE + " pixels a side", width + "×" + height);
        }
        if (selection.handling().weights().isPresent()) {
            throw MalformedDataException.expected(
                    file.toString(), "an image with weights", "a picture, which has none");
        }
        FitsHeader header = PictureHeader.of(file, width, height);
        ImageWcs wcs = FitsImageFile.wcs(header, file.toString());
        Treatment treatment = selection.handling().treatment(new Handling.Headers(header, header), file.toString());
        SkyImage.Storage storage = picture.isColour() ? SkyImage.Storage.COLOURS : SkyImage.Storage.GREYS;
        SkyImage image = new SkyImage(
                new SkyImage.Place(file, 0, storage, 0, 0),
                width,
                height,
                PicturePixels.format(picture),
                wcs,
                treatment,
                new SkyImage.Description("", header.text("DATE"), ObservationTime.of(header)));
        if (!PicturePixels.haveAny(image, picture)) {
            throw MalformedDataException.expected(file.toString(), "some pixel with a value", "blank ones only");
        }
        return image;
    }

    /** Returns the file that tells where an image is, if that is not its own. */
    static Optional<Path> header(SkyImage image) {
        return image.place().storage().isPicture()
                ? PictureHeader.beside(image.place().file())
                : Optional.empty();
    }
}
