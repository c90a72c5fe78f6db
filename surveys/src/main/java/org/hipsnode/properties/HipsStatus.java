package org.hipsnode.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The three words of {@code hips_status} (HiPS 1.0 §4.4.1; standards.md §1.11); those left out are public, master and
 * clonableOnce.
 */
public record HipsStatus(Visibility visibility, Role role, Cloning cloning) {

    /** Who may see the survey. */
    public enum Visibility {
        PUBLIC,
        PRIVATE
    }

    /** What copy this is. */
    public enum Role {
        MASTER,
        MIRROR,
        /** A copy that lacks orders, formats or a part of the sky. */
        PARTIAL
    }

    /** Who may copy it. */
    public enum Cloning {
        CLONABLE("clonable"),
        /** From the master only; each copy becomes unclonable. */
        CLONABLE_ONCE("clonableOnce"),
        UNCLONABLE("unclonable");

        private final String word;

        Cloning(String word) {
            this.word = word;
        }
    }

    public static final HipsStatus DEFAULT = new HipsStatus(Visibility.PUBLIC, Role.MASTER, Cloning.CLONABLE_ONCE);

    /** Reads the words in any order and case, forgiving commas; of two words for one thing the first counts. */
    public static HipsStatus parse(String text) {
        Words words = Words.of(text);
        return new HipsStatus(
                words.visibility.stream().findFirst().orElse(DEFAULT.visibility),
                words.role.stream().findFirst().orElse(DEFAULT.role),
                words.cloning.stream().findFirst().orElse(DEFAULT.cloning));
    }

    /** Returns all that is said of who may see the survey. */
    public static List<Visibility> visibilities(String text) {
        return List.copyOf(Words.of(text).visibility);
    }

    /** Returns the words that mean nothing. */
    public static List<String> unknownWords(String text) {
        return Words.of(text).unknown;
    }

    /** Tells whether who may see the survey may have been meant to be said by a word that cannot be read. */
    public static boolean isVisibilityDoubtful(String text) {
        Words words = Words.of(text);
        return words.visibility.isEmpty() && !words.unknown.isEmpty();
    }

    /** Tells whether two words say different or the same things of one. */
    public static boolean hasRedundantWords(String text) {
        Words words = Words.of(text);
        return words.visibility.size() > 1 || words.role.size() > 1 || words.cloning.size() > 1;
    }

    /** The words, sorted by what they speak of. Whole words: "unclonable" contains "clonable". */
    private static final class Words {
        private final List<Visibility> visibility = new ArrayList<>();
        private final List<Role> role = new ArrayList<>();
        private final List<Cloning> cloning = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();

        static Words of(String text) {
            Words words = new Words();
            for (String word : text.trim().split("[\\s,;]+")) {
                words.add(word);
            }
            return words;
        }

        private void add(String word) {
            Optional<Visibility> v = find(Visibility.values(), word);
            Optional<Role> r = find(Role.values(), word);
            Optional<Cloning> c = List.of(Cloning.values()).stream()
                    .filter(cloning -> cloning.word.equalsIgnoreCase(word))
                    .findFirst();
            v.ifPresent(visibility::add);
            r.ifPresent(role::add);
            c.ifPresent(cloning::add);
            if (v.isEmpty() && r.isEmpty() && c.isEmpty() && !word.isEmpty()) {
                unknown.add(word);
            }
        }

        private static <E extends Enum<E>> Optional<E> find(E[] values, String word) {
            return List.of(values).stream()
                    .filter(e -> e.name().equalsIgnoreCase(word))
                    .findFirst();
        }
    }

    /** Returns the three words as the standard writes them. */
    @Override
    public String toString() {
        return visibility.name().toLowerCase(Locale.ROOT) + " " + role.name().toLowerCase(Locale.ROOT) + " "
                + cloning.word;
    }
}
