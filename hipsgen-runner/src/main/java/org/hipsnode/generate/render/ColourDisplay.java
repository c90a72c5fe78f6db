package org.hipsnode.generate.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hipsnode.fits.PixelFormat;

/**
 * How three values become a colour.
 *
 * @param cuts of red, green and blue
 */
public record ColourDisplay(List<Cut> cuts, Stretch stretch, Composition composition) implements Style {
    /** What the stretch is applied to. */
    public enum Composition {
        /** Each of the three for itself. */
        CHANNELS,
        /** Their mean, so that hues stay as they are and bright sources do not turn white (Lupton et al. 2004, PASP 116, 133). */
        LUPTON;

        /** Returns the word for it in flags and definitions. */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Composition> ofWord(String word) {
            for (Composition composition : values()) {
                if (composition.keyword().equals(word.toLowerCase(Locale.ROOT))) {
                    return Optional.of(composition);
                }
            }
            return Optional.empty();
        }
    }

    /** Leaves colours, numbers from 0 to 255, as they are. */
    public static final ColourDisplay AS_STORED = new ColourDisplay(
            List.of(new Cut(0, 255), new Cut(0, 255), new Cut(0, 255)), Stretch.LINEAR, Composition.CHANNELS);

    public ColourDisplay {
        cuts = List.copyOf(cuts);
        if (cuts.size() != 3) {
            throw new IllegalArgumentException("a colour needs three cuts, found " + cuts.size());
        }
    }

    @Override
    public Brush brush(PixelFormat format) {
        return new ColourPainter(format, this);
    }

    /** Returns the cuts as flags and definitions have them. */
    public String cutText() {
        return cuts.stream().map(Cut::toString).collect(Collectors.joining(" / "));
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cut", cutText());
        facts.put("stretch", stretch.keyword());
        facts.put("composition", composition.keyword());
        return facts;
    }

    /** Returns cuts, stretch and composition in words. */
    @Override
    public String toString() {
        return "cuts " + cutText() + ", stretch " + stretch.keyword() + ", composition " + composition.keyword();
    }
}
