package org.hipsnode.generate.image;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipsnode.generate.image.ImagesOfTiles.Entry;
import org.hipsnode.moc.Moc;

/**
 * What has become of the images of a survey since its release before.
 *
 * @param changed images of the same name as before with other content
 * @param touched cells that take other images than before, or in another sequence
 */
public record ImageChanges(List<String> changed, List<String> added, List<String> removed, Moc touched) {
    private static final int NAMED = 5;

    static ImageChanges between(List<Entry> before, List<Entry> now, Moc touched) {
        Set<String> gone = names(ImagesOfTiles.without(before, now));
        Set<String> come = names(ImagesOfTiles.without(now, before));
        return new ImageChanges(
                come.stream().filter(gone::contains).toList(),
                come.stream().filter(name -> !gone.contains(name)).toList(),
                gone.stream().filter(name -> !come.contains(name)).toList(),
                touched);
    }

    private static Set<String> names(List<Entry> images) {
        return images.stream().map(Entry::toString).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public String toString() {
        List<String> all =
                Stream.of(changed, added, removed).flatMap(List::stream).toList();
        String names = all.stream().limit(NAMED).collect(Collectors.joining(", "));
        return changed.size() + " changed, " + added.size() + " added, " + removed.size() + " removed"
                + (all.isEmpty() ? "" : ": " + names) + (all.size() > NAMED ? ", …" : "");
    }
}
