package org.hipsnode.generate.image;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.hipsnode.fits.FitsFile;
import org.hipsnode.fits.FitsHdu;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.source.UnpackedFile;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.wcs.ImageWcs;

/** Finds in one FITS file the images that lie on the sky, and says of the others why they cannot be taken. */
final class FitsImageFile implements Closeable {
    /** More than any detector or mosaic has; so pixels of a row and of a block can be counted by integers. */
    private static final long MAX_SIDE = 1 << 24;

    /** Pixels of a compressed piece: more than any program makes. */
    private static final long MAX_PIECE = 1 << 27;

    private final Path file;
    private final UnpackedFile unpacked;
    private final ImageSelection selection;

    /**
     * What a file holds.
     *
     * @param more images that could be taken besides, if asked for
     */
    record Contents(Path file, List<SkyImage> images, List<Rejection> rejections, int more) {}

    private FitsImageFile(Path file, UnpackedFile unpacked, ImageSelection selection) {
        this.file = file;
        this.unpacked = unpacked;
        this.selection = selection;
    }

    /** Looks into a file; what is wrong with it is in the answer. */
    static Contents read(Path file, ImageSelection selection) throws IOException {
        try (FitsImageFile opened = new FitsImageFile(file, UnpackedFile.of(file), selection)) {
            return opened.contents();
        } catch (MalformedDataException e) {
            return new Contents(file, List.of(), List.of(new Rejection(file, reason(e, file, file))), 0);
        }
    }

    /** Messages name what they are about, which a list of rejections does already. */
    private static String reason(MalformedDataException e, Path file, Path unpacked) {
        return String.valueOf(e.getMessage())
                .replace(unpacked.toString(), file.toString())
                .replace("'" + file + "': ", "");
    }

    private Contents contents() throws IOException {
        List<FitsHdu> all = FitsFile.hdus(unpacked.path());
        List<FitsHdu> images = all.stream().filter(FitsImageFile::isImage).toList();
        List<FitsHdu> chosen = chosen(images);
        if (chosen.isEmpty()) {
            throw MalformedDataException.expected(
                    file.toString(),
                    selection.hdus() + ", with NAXIS of 2 or more",
                    images.isEmpty() ? "no image with NAXIS of 2 or more" : "images in HDU " + numbers(images));
        }
        List<SkyImage> taken = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        for (FitsHdu hdu : chosen) {
            try {
                taken.add(image(hdu, all));
            } catch (MalformedDataException e) {
                rejections.add(new Rejection(file, "[" + hdu.number() + "] " + shortened(e, hdu)));
            }
        }
        return new Contents(file, taken, rejections, selection.hdus().isUsual() ? others(images) - chosen.size() : 0);
    }

    private List<FitsHdu> chosen(List<FitsHdu> images) {
        return selection
                .hdus()
                .of(images.stream().filter(hdu -> !isWeights(hdu)).toList());
    }

    private int others(List<FitsHdu> images) {
        return (int) images.stream().filter(hdu -> !isWeights(hdu)).count();
    }

    private boolean isWeights(FitsHdu hdu) {
        return selection
                .handling()
                .weights()
                .filter(place -> !place.areFiles() && place.isOf(hdu))
                .isPresent();
    }

    private String shortened(MalformedDataException e, FitsHdu hdu) {
        return reason(e, file, unpacked.path()).replace("'" + file + "[" + hdu.number() + "]': ", "");
    }

    private static String numbers(List<FitsHdu> hdus) {
        return String.join(
                ", ",
                hdus.stream()
                        .map(h -> h.number() + h.name().map(n -> " '" + n + "'").orElse(""))
                        .toList());
    }

    private static boolean isImage(FitsHdu hdu) {
        boolean image = hdu.number() == 0
                || hdu.header().text("XTENSION").filter("IMAGE"::equals).isPresent();
        return image
                ? hdu.header().integer("NAXIS", 0) >= 2
                : hdu.header().isCompressedImage() && hdu.header().integer("ZNAXIS", 0) >= 2;
    }

    private SkyImage image(FitsHdu hdu, List<FitsHdu> all) throws IOException {
        SkyImage plain = plain(hdu, selection.plane());
        Handling.Headers headers = new Handling.Headers(hdu.header(), all.get(0).header());
        SkyImage image = plain.with(selection.handling().treatment(headers, hdu.toString()));
        requireAnyValue(image);
        Optional<Handling.WeightPlace> weights = selection.handling().weights();
        return weights.isEmpty() ? image : image.with(weighted(image, hdu, all, weights.get()));
    }

    private Treatment weighted(SkyImage image, FitsHdu hdu, List<FitsHdu> all, Handling.WeightPlace place)
            throws IOException {
        if (!place.areFiles()) {
            return weighted(
                    image,
                    place,
                    plain(
                            place.choose(
                                    all.stream().filter(FitsImageFile::isImage).toList(), hdu),
                            image));
        }
        Path beside = place.file(file);
        if (!Files.isRegularFile(beside)) {
            throw MalformedDataException.expected(image.toString(), "its weights in " + beside, "no such file");
        }
        try (FitsImageFile opened = new FitsImageFile(beside, UnpackedFile.of(beside), selection)) {
            List<FitsHdu> images = FitsFile.hdus(opened.unpacked.path()).stream()
                    .filter(FitsImageFile::isImage)
                    .toList();
            return weighted(image, place, opened.plain(place.chooseBeside(images, hdu, beside), image));
        }
    }

    private static Treatment weighted(SkyImage image, Handling.WeightPlace place, SkyImage weights) throws IOException {
        if (weights.width() != image.width() || weights.height() != image.height()) {
            throw MalformedDataException.expected(
                    image.toString(),
                    "weights of " + image.width() + " × " + image.height() + " pixels",
                    weights.width() + " × " + weights.height() + " in " + weights);
        }
        return image.treatment().withWeights(new Treatment.Weights(weights, place.areErrors()));
    }

    /** Weights lie where their image does. */
    private SkyImage plain(FitsHdu hdu, SkyImage image) throws IOException {
        boolean cube = imageHeader(hdu).integer("NAXIS", 2) > 2;
        return read(hdu, cube ? selection.plane() : 1, header -> image.wcs());
    }

    private SkyImage plain(FitsHdu hdu, int plane) throws IOException {
        return read(hdu, plane, header -> wcs(header, hdu.toString()));
    }

    private static FitsHeader imageHeader(FitsHdu hdu) throws IOException {
        return hdu.header().isCompressedImage() ? hdu.header().ofCompressedImage() : hdu.header();
    }

    /** Tells where an image lies, once its header is known to be one of an image. */
    private interface Location {
        ImageWcs of(FitsHeader header) throws IOException;
    }

    private SkyImage read(FitsHdu hdu, int wantedPlane, Location location) throws IOException {
        String name = hdu.toString();
        boolean compressed = hdu.header().isCompressedImage();
        FitsHeader header = imageHeader(hdu);
        PixelType type = PixelType.ofBitpix(header.integer("BITPIX", 0))
                .orElseThrow(() -> MalformedDataException.expected(
                        name,
                        "BITPIX of 8, 16, 32, 64, -32 or -64",
                        header.text("BITPIX").orElse("none")));
        int width = side(header, 1, name);
        int height = side(header, 2, name);
        requireWhole(hdu);
        if (compressed) {
            requirePieces(hdu);
        }
        int plane = plane(header, name, wantedPlane);
        long planeBytes = (long) width * height * type.bytes();
        return new SkyImage(
                new SkyImage.Place(
                        file,
                        hdu.number(),
                        compressed ? SkyImage.Storage.COMPRESSED : SkyImage.Storage.PLAIN,
                        plane,
                        compressed ? 0 : hdu.dataOffset() + plane * planeBytes),
                width,
                height,
                format(header, type, name),
                location.of(header),
                Treatment.of(OptionalDouble.empty()),
                new SkyImage.Description(
                        header.text("BUNIT").orElse(""), header.text("DATE"), ObservationTime.of(header)));
    }

    /** Finds where an image lies on the sky. */
    static ImageWcs wcs(FitsHeader header, String name) throws IOException {
        ImageWcs wcs = ImageWcs.of(header);
        if (!wcs.frame().isCelestial()) {
            throw MalformedDataException.expected(
                    name,
                    "coordinates of the sky",
                    wcs.frame() + ", on a body; a survey of a body is made from one map, with --body");
        }
        if (wcs.xAxis() != 1 || wcs.yAxis() != 2) {
            throw MalformedDataException.expected(
                    name,
                    "the sky along axes 1 and 2",
                    "it along axes " + wcs.xAxis() + " and " + wcs.yAxis() + ", which is not read yet");
        }
        return wcs;
    }

    private static int side(FitsHeader header, int axis, String name) throws IOException {
        long side = header.integer("NAXIS" + axis, 0);
        if (side < 1 || side > MAX_SIDE) {
            throw MalformedDataException.expected(name, "NAXIS" + axis + " of 1 to " + MAX_SIDE, Long.toString(side));
        }
        return (int) side;
    }

    private void requireWhole(FitsHdu hdu) throws IOException {
        if (hdu.isTruncated()) {
            throw MalformedDataException.expected(
                    hdu.toString(),
                    hdu.dataBytes() + " bytes of data",
                    Math.max(0, hdu.fileBytes() - hdu.dataOffset())
                            + ": the file is truncated, or its header tells a wrong size");
        }
    }

    /** A row of the table has a piece of the image: without this, a few bytes could claim to be a disk full of pixels. */
    private static void requirePieces(FitsHdu hdu) throws IOException {
        FitsHeader header = hdu.header();
        double pieces = 1;
        double pixels = 1;
        for (int axis = 1; axis <= header.integer("ZNAXIS", 0); axis++) {
            long side = header.integer("ZNAXIS" + axis, 0);
            long piece = header.integer("ZTILE" + axis, axis == 1 ? side : 1);
            pieces *= Math.ceil((double) side / Math.max(1, piece));
            pixels *= Math.max(1, Math.min(side, piece));
        }
        if (pieces != header.integer("NAXIS2", 0) || pixels > MAX_PIECE) {
            throw MalformedDataException.expected(
                    hdu.toString(),
                    "a table with a row for each piece of the image, of at most " + MAX_PIECE + " pixels",
                    header.integer("NAXIS2", 0) + " rows for " + (long) pieces + " pieces of " + (long) pixels);
        }
    }

    private static int plane(FitsHeader header, String name, int wanted) throws IOException {
        double planes = 1;
        for (int axis = 3; axis <= header.integer("NAXIS", 0); axis++) {
            planes *= Math.max(0, header.integer("NAXIS" + axis, 0));
        }
        if (wanted > planes) {
            throw MalformedDataException.expected(name, "a plane " + wanted, (long) planes + " planes");
        }
        return wanted - 1;
    }

    private static PixelFormat format(FitsHeader header, PixelType type, String name) throws IOException {
        OptionalLong blank = type.isFloating() ? OptionalLong.empty() : header.integer("BLANK");
        try {
            PixelFormat format = new PixelFormat(type, header.number("BSCALE", 1), header.number("BZERO", 0), null);
            return blank.isPresent() ? format.withBlank(blank.getAsLong()) : format;
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("'" + name + "': " + e.getMessage(), e);
        }
    }

    /** Most images are known to have a value by their first rows. */
    private void requireAnyValue(SkyImage image) throws IOException {
        try (PixelFile pixels = PixelFile.open(image, unpacked.path())) {
            for (long row = 0; row < image.height(); row++) {
                double[] stored = new double[image.width()];
                byte[] bytes = new byte[image.width() * image.format().type().bytes()];
                pixels.read(row * image.width(), bytes, 0, bytes.length);
                image.format().readStored(bytes, 0, stored);
                image.toValues(stored, 0, stored.length, 0, (int) row);
                for (double value : stored) {
                    if (!Double.isNaN(value)) {
                        return;
                    }
                }
            }
        }
        throw MalformedDataException.expected(image.toString(), "some pixel with a value", "blank ones only");
    }

    @Override
    public void close() throws IOException {
        unpacked.close();
    }
}
