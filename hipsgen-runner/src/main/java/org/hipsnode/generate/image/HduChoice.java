package org.hipsnode.generate.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.FitsHdu;

/** Which images of a file are taken: the first, all, or those of some numbers and names. */
public final class HduChoice {
    private static final String ALL = "all";

    private final List<String> wanted;

    private HduChoice(List<String> wanted) {
        this.wanted = wanted;
    }

    /**
     * Reads a choice.
     *
     * @param text such as {@code 1,3-5}, {@code SCI} or {@code all}; empty for the first image
     */
    public static HduChoice parse(Optional<String> text) throws ConfigException {
        if (text.isEmpty()) {
            return new HduChoice(List.of());
        }
        List<String> wanted = new ArrayList<>();
        for (String part : text.get().split(",", -1)) {
            String word = part.trim();
            if (word.isEmpty()) {
                throw new ConfigException(
                        "hdu must be numbers such as 1,3-5, names of extensions, or all, found '" + text.get() + "'");
            }
            wanted.add(word);
        }
        return new HduChoice(wanted);
    }

    /** Returns those of the images in a file that are chosen, in their sequence. */
    List<FitsHdu> of(List<FitsHdu> images) {
        if (wanted.isEmpty()) {
            return images.subList(0, Math.min(1, images.size()));
        }
        return images.stream().filter(this::isWanted).toList();
    }

    private boolean isWanted(FitsHdu hdu) {
        return wanted.stream().anyMatch(word -> matches(word, hdu));
    }

    private static boolean matches(String word, FitsHdu hdu) {
        if (word.equalsIgnoreCase(ALL)) {
            return true;
        }
        if (word.matches("\\d{1,4}")) {
            return hdu.number() == Integer.parseInt(word);
        }
        if (word.matches("\\d{1,4}-\\d{1,4}")) {
            int dash = word.indexOf('-');
            return hdu.number() >= Integer.parseInt(word.substring(0, dash))
                    && hdu.number() <= Integer.parseInt(word.substring(dash + 1));
        }
        return hdu.name()
                .filter(name -> name.toUpperCase(Locale.ROOT).equals(word.toUpperCase(Locale.ROOT)))
                .isPresent();
    }

    /** Tells whether only the first image of each file is taken because nobody chose. */
    boolean isUsual() {
        return wanted.isEmpty();
    }

    @Override
    public String toString() {
        return wanted.isEmpty() ? "the first image" : "HDU " + String.join(",", wanted);
    }
}
