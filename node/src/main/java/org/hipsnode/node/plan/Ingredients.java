package org.hipsnode.node.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hipsnode.generate.run.StoreOpener;
import org.hipsnode.io.Digests;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.mirror.fetch.Pin;
import org.hipsnode.mirror.fetch.PinFile;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.survey.Download;
import org.hipsnode.survey.SurveyDefinition;

/**
 * What a survey is made from, each with what changes when it does: of the definition its digest, of files size and time, of a file from
 * afar what is pinned, of a survey its list of keywords. Looked at often, so nothing large is read.
 */
public final class Ingredients {
    private static final String DEFINITION = "the definition";
    private static final String NONE = "nothing";

    private final PinFile pins;
    private final StoreOpener stores;
    private final Map<Path, Download> downloads = new TreeMap<>();
    private final SortedMap<String, String> found = new TreeMap<>();

    private Ingredients(Path definition, SurveyDefinition survey, StoreOpener stores) {
        this.pins = new PinFile(definition.toAbsolutePath().resolveSibling(".").normalize());
        this.stores = stores;
        survey.downloads().forEach(download -> downloads.put(download.place(), download));
    }

    /** Returns what a survey would be made from now, by names for people. */
    public static SortedMap<String, String> of(Path definition, SurveyDefinition survey, StoreOpener stores)
            throws IOException {
        Ingredients ingredients = new Ingredients(definition, survey, stores);
        ingredients.found.put(DEFINITION, Digests.sha256(definition));
        ingredients.add(survey.source());
        if (survey.tiles().region().isPresent()) {
            ingredients.add(survey.tiles().region().get());
        }
        return ingredients.found;
    }

    private void add(SurveyDefinition.Source source) throws IOException {
        if (source instanceof SurveyDefinition.MapFile map) {
            add(map.map());
        } else if (source instanceof SurveyDefinition.BodyMap map) {
            add(map.map());
        } else if (source instanceof SurveyDefinition.Images images) {
            for (Path place : images.places()) {
                add(place);
            }
        } else if (source instanceof SurveyDefinition.Hips hips) {
            addSurvey(hips);
        } else if (source instanceof SurveyDefinition.Colour colour) {
            for (SurveyDefinition.Part part : colour.channels()) {
                add(part);
            }
        } else if (source instanceof SurveyDefinition.Polarization polarization) {
            add(polarization.map());
        } else if (source instanceof SurveyDefinition.Cube cube) {
            add(cube.map());
        }
    }

    private void add(Path place) throws IOException {
        Download download = downloads.get(place);
        if (download != null) {
            Optional<Pin> pin = pins.pin(download.addresses());
            found.put(
                    "'" + download.addresses().get(0) + "'",
                    pin.map(Pin::toString).orElse("not fetched yet"));
        } else if (Files.isDirectory(place)) {
            found.put("'" + place + "'", folder(place));
        } else {
            found.put("'" + place + "'", file(place));
        }
    }

    private static String file(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " bytes of " + attributes.lastModifiedTime();
        } catch (NoSuchFileException e) {
            return NONE;
        }
    }

    /** A folder may hold very many images. */
    private static String folder(Path folder) throws IOException {
        var digest = Digests.newSha256();
        long count = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : new TreeSet<>(all.filter(Files::isRegularFile).toList())) {
                count++;
                digest.update((folder.relativize(file) + " " + file(file) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return count + " files " + java.util.HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private void addSurvey(SurveyDefinition.Hips hips) throws IOException {
        String name = "'" + hips.place() + "'";
        if (!hips.isRemote()) {
            Path folder = Path.of(hips.place());
            found.put(name, file(folder.resolve("properties")) + ", " + file(folder.resolve(ManifestName.ROOT)));
            return;
        }
        byte[] list = stores.open(hips.place())
                .read("properties", HipsProperties.MAX_BYTES)
                .orElseThrow(() -> MalformedDataException.expected(hips.place(), "a survey", "no properties"));
        found.put(
                name,
                HipsProperties.parse(list, hips.place())
                        .value("hips_release_date")
                        .orElse("without a date"));
    }

    /** Says in words what is another than before; empty if all is the same. */
    public static Optional<String> change(Map<String, String> before, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        List<String> changed = names.stream()
                .filter(name -> !before.getOrDefault(name, NONE).equals(now.getOrDefault(name, NONE)))
                .toList();
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        // a definition that names other files is what has changed
        String first = changed.contains(DEFINITION) ? DEFINITION : changed.get(0);
        return Optional.of(now.getOrDefault(first, NONE).equals(NONE) ? first + " is gone" : first + " has changed");
    }
}
