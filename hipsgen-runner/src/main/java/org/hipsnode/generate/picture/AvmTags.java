package org.hipsnode.generate.picture;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.fits.FitsCards;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.io.MalformedDataException;

/**
 * What a picture says of itself by Astronomy Visualization Metadata 1.2 (Hurt et al. 2011, §3.4, Coverage).
 *
 * <p>As others do who read it (pyavm, WorldWide Telescope): the matrix counts before scale and rotation, and the rotation is
 * CROTA2.
 *
 * @param tags texts by their names without {@code avm:}
 */
record AvmTags(Map<String, List<String>> tags) {
    private static final String QUALITY = "Spatial.Quality";
    private static final String EQUINOX = "Spatial.Equinox";
    private static final String PROJECTION = "Spatial.CoordsystemProjection";
    private static final String MATRIX = "Spatial.CDMatrix";

    boolean areOfSky() {
        return tags.keySet().stream().anyMatch(tag -> tag.startsWith("Spatial."));
    }

    /** Returns the header of a picture that may be smaller or larger than the one for which the tags were written. */
    FitsHeader header(String name, int width, int height) throws IOException {
        if (text(QUALITY).filter("Position"::equalsIgnoreCase).isPresent()) {
            throw MalformedDataException.expected(
                    name, "AVM that tells the whole place", QUALITY + " = Position: only that of one point");
        }
        double[] value = numbers("Spatial.ReferenceValue", 2, name);
        double[] pixel = numbers("Spatial.ReferencePixel", 2, name);
        double enlarged = enlarged(name, width, height);
        FitsCards cards = new FitsCards()
                .add("SIMPLE", true, "")
                .add("BITPIX", 8, "")
                .add("NAXIS", 2, "")
                .add("NAXIS1", width, "")
                .add("NAXIS2", height, "");
        addAxes(cards, name);
        cards.add("CRVAL1", value[0], "").add("CRVAL2", value[1], "");
        // the first pixel reaches from 0.5 to 1.5 at any size
        cards.add("CRPIX1", (pixel[0] - 0.5) * enlarged + 0.5, "");
        cards.add("CRPIX2", (pixel[1] - 0.5) * enlarged + 0.5, "");
        addSteps(cards, enlarged, name);
        return FitsHeader.parse(cards.bytes(), name);
    }

    private double enlarged(String name, int width, int height) throws IOException {
        if (!tags.containsKey("Spatial.ReferenceDimension")) {
            return 1;
        }
        double[] size = numbers("Spatial.ReferenceDimension", 2, name);
        double enlarged = width / size[0];
        // sizes are whole numbers of pixels
        if (!(size[0] >= 1 && size[1] >= 1) || Math.abs(size[1] * enlarged - height) > 1 + enlarged) {
            throw MalformedDataException.expected(
                    name,
                    "a picture of the shape that its AVM is for, " + (long) size[0] + "×" + (long) size[1],
                    width + "×" + height);
        }
        return enlarged;
    }

    private void addAxes(FitsCards cards, String name) throws IOException {
        String frame = text("Spatial.CoordinateFrame").orElse("ICRS").toUpperCase(Locale.ROOT);
        String[] axes = switch (frame) {
            case "ICRS", "FK5", "FK4" -> new String[] {"RA--", "DEC-"};
            case "ECL" -> new String[] {"ELON", "ELAT"};
            case "GAL" -> new String[] {"GLON", "GLAT"};
            default ->
                throw MalformedDataException.expected(
                        name, "a Spatial.CoordinateFrame of ICRS, FK5, FK4, ECL or GAL", frame);
        };
        String projection = text(PROJECTION).orElse("TAN").toUpperCase(Locale.ROOT);
        if (!projection.matches("[A-Z]{3}")) {
            throw MalformedDataException.expected(name, "a " + PROJECTION + " of three letters", projection);
        }
        cards.add("CTYPE1", axes[0] + "-" + projection, "").add("CTYPE2", axes[1] + "-" + projection, "");
        if (axes[0].equals("RA--")) {
            cards.add("RADESYS", frame, "");
        }
        Optional<String> equinox = text(EQUINOX).map(text -> text.replaceFirst("(?i)^[JB]", ""));
        if (equinox.isPresent()) {
            cards.add("EQUINOX", number(equinox.get(), EQUINOX, name), "");
        }
    }

    private void addSteps(FitsCards cards, double enlarged, String name) throws IOException {
        if (tags.containsKey(MATRIX)) {
            double[] matrix = numbers(MATRIX, 4, name);
            cards.add("CD1_1", matrix[0] / enlarged, "").add("CD1_2", matrix[1] / enlarged, "");
            cards.add("CD2_1", matrix[2] / enlarged, "").add("CD2_2", matrix[3] / enlarged, "");
            return;
        }
        double[] scale = numbers("Spatial.Scale", 2, name);
        // longitudes grow to the left, whatever the sign that was written
        cards.add("CDELT1", -Math.abs(scale[0]) / enlarged, "");
        cards.add("CDELT2", Math.abs(scale[1]) / enlarged, "");
        Optional<String> rotation = text("Spatial.Rotation");
        if (rotation.isPresent()) {
            cards.add("CROTA2", number(rotation.get(), "Spatial.Rotation", name), "");
        }
    }

    private Optional<String> text(String tag) {
        return Optional.ofNullable(tags.get(tag))
                .filter(texts -> !texts.isEmpty() && !texts.get(0).isEmpty())
                .map(texts -> texts.get(0));
    }

    private double[] numbers(String tag, int count, String name) throws IOException {
        List<String> texts = tags.getOrDefault(tag, List.of());
        if (texts.size() != count) {
            throw MalformedDataException.expected(
                    name, "AVM with " + count + " numbers in " + tag, texts.isEmpty() ? "none" : "" + texts.size());
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(texts.get(i), tag, name);
        }
        return numbers;
    }

    private static double number(String text, String tag, String name) throws IOException {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw MalformedDataException.expected(name, "a number in " + tag, "'" + text + "'");
    }
}
