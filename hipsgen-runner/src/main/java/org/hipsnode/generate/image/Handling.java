package org.hipsnode.generate.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.FitsHdu;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.survey.SurveyDefinition.Images;

/**
 * How each image of a collection is to be treated, as asked for: numbers that its header tells are still to be found.
 *
 * @param blank value of pixels that are blank, besides those that files mark
 * @param weights extension or end of names; empty for equal ones
 */
record Handling(
        OptionalDouble blank,
        Optional<String> saturated,
        Optional<String> scale,
        Optional<String> weight,
        PixelCut cut,
        Optional<WeightPlace> weights) {
    private static final String KEYWORD = "[A-Za-z0-9_-]{1,8}";
    private static final String INVERSE = "1/";
    private static final String FITS_NAME = "(?i)\\.(fits?|fts|fz)(\\.(gz|bz2|fz))?$";

    /**
     * Where weights are.
     *
     * @param text extension by name or number; the end of the files' names if it has a point
     */
    record WeightPlace(String text, boolean areErrors) {
        boolean areFiles() {
            return text.contains(".");
        }

        /** Tells whether an extension is the one that is named. */
        boolean isOf(FitsHdu hdu) {
            return hdu.name().filter(text::equalsIgnoreCase).isPresent() || text.equals(Integer.toString(hdu.number()));
        }

        /** Finds the weights of an image in its file: of several of that name those with the version of the image. */
        FitsHdu choose(List<FitsHdu> all, FitsHdu image) throws MalformedDataException {
            List<FitsHdu> named = all.stream().filter(this::isOf).toList();
            return single(named, image, image.toString(), "its weights in one extension '" + text + "'");
        }

        /** Finds the weights of an image in a file that has nothing else: of several those at the place of the image. */
        FitsHdu chooseBeside(List<FitsHdu> images, FitsHdu image, Path file) throws MalformedDataException {
            if (images.size() == 1) {
                return images.get(0);
            }
            List<FitsHdu> same = images.stream()
                    .filter(hdu -> hdu.number() == image.number())
                    .toList();
            return single(same, image, file.toString(), "an image in HDU " + image.number());
        }

        private static FitsHdu single(List<FitsHdu> found, FitsHdu image, String where, String expected)
                throws MalformedDataException {
            List<FitsHdu> same = found.size() < 2
                    ? found
                    : found.stream()
                            .filter(hdu -> version(hdu) == version(image))
                            .toList();
            if (same.size() != 1) {
                throw MalformedDataException.expected(
                        where, expected, same.isEmpty() ? "none" : same.size() + " of them");
            }
            return same.get(0);
        }

        private static long version(FitsHdu hdu) {
            return hdu.header().integer("EXTVER", 1);
        }

        /** Returns the file of the weights for an image. */
        Path file(Path image) {
            return areFiles()
                    ? image.resolveSibling(String.valueOf(image.getFileName()).replaceFirst(FITS_NAME, "") + text)
                    : image;
        }
    }

    /** The header of an image, and that of its file, where what all images of a file share may be. */
    record Headers(FitsHeader own, FitsHeader primary) {
        private OptionalDouble number(String card) {
            OptionalDouble number = own.number(card);
            return number.isPresent() || own.has(card) ? number : primary.number(card);
        }

        private String found(String card) {
            return own.text(card)
                    .or(() -> primary.text(card))
                    .map(text -> "'" + text + "'")
                    .orElse("none");
        }
    }

    /** Reads what a definition asks for. */
    static Handling of(Images images) throws ConfigException {
        Images.Weights asked = images.weights();
        if (asked.map().isPresent() && asked.errors().isPresent()) {
            throw new ConfigException("expected weights or errors, found both");
        }
        boolean weighted = !asked.areEqual();
        boolean mean = images.coadd() == Images.Coadd.MEAN || images.coadd() == Images.Coadd.FADING;
        if (weighted && !mean) {
            throw new ConfigException("weights are for coadd mean or fading, found "
                    + images.coadd().keyword() + "; leave the weights out, or choose one of these");
        }
        Optional<String> border = images.adjustment().border();
        return new Handling(
                images.blank(),
                number(images.adjustment().saturated(), "saturated"),
                keyword(images.adjustment().scale(), "scale-keyword", "(" + INVERSE + ")?"),
                keyword(asked.keyword(), "weight-keyword", ""),
                border.isPresent() ? PixelCut.parse(border.get()) : PixelCut.NONE,
                asked.map()
                        .map(text -> new WeightPlace(text, false))
                        .or(() -> asked.errors().map(text -> new WeightPlace(text, true))));
    }

    private static Optional<String> keyword(Optional<String> text, String key, String before) throws ConfigException {
        if (text.isPresent() && !text.get().matches(before + KEYWORD)) {
            throw new ConfigException(key + " must be a keyword of a FITS header"
                    + (before.isEmpty() ? "" : ", or 1/KEYWORD") + ", found '" + text.get() + "'");
        }
        return text;
    }

    private static Optional<String> number(Optional<String> text, String key) throws ConfigException {
        return text.isPresent() && isNumber(text.get()) ? text : keyword(text, key, "");
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    }

    /** Tells whether a file holds weights, by its name: it is no image then. */
    boolean isWeights(Path file) {
        return weights.filter(place ->
                        place.areFiles() && String.valueOf(file.getFileName()).endsWith(place.text()))
                .isPresent();
    }

    /** Returns how an image is treated, its weights left out. */
    Treatment treatment(Headers header, String name) throws MalformedDataException {
        double limit = Double.POSITIVE_INFINITY;
        if (saturated.isPresent()) {
            limit = isNumber(saturated.get())
                    ? Double.parseDouble(saturated.get())
                    : required(header, saturated.get(), name);
        }
        return new Treatment(
                blank,
                limit,
                scale(header, name),
                0,
                weight.isPresent() ? positive(header, weight.get(), name) : 1,
                cut,
                Optional.empty());
    }

    private double scale(Headers header, String name) throws MalformedDataException {
        if (scale.isEmpty()) {
            return 1;
        }
        String text = scale.get();
        return text.startsWith(INVERSE)
                ? 1 / positive(header, text.substring(INVERSE.length()), name)
                : positive(header, text, name);
    }

    private static double positive(Headers header, String keyword, String name) throws MalformedDataException {
        double number = required(header, keyword, name);
        if (!(number > 0)) {
            throw MalformedDataException.expected(name, keyword + " above 0", Double.toString(number));
        }
        return number;
    }

    private static double required(Headers header, String keyword, String name) throws MalformedDataException {
        String card = keyword.toUpperCase(Locale.ROOT);
        OptionalDouble number = header.number(card);
        if (number.isEmpty() || !Double.isFinite(number.getAsDouble())) {
            throw MalformedDataException.expected(name, "a number in " + card, header.found(card));
        }
        return number.getAsDouble();
    }
}
