package org.hipsnode.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** Files of surveys, at random: tiles of all orders near each other and far, of some formats and channels, and others. */
public final class SurveyFiles {
    private static final List<Integer> ORDERS = List.of(0, 1, 3, 5, 6, 8, 11, 29);

    private SurveyFiles() {}

    /** Returns surveys as names and contents; some of them are empty files. */
    public static Arbitrary<Map<String, byte[]>> surveys() {
        return Arbitraries.maps(Arbitraries.oneOf(tiles(), others()), contents())
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(TreeMap::new);
    }

    /** Returns names that no other file can have as its folder, nor tiles be mistaken for. */
    private static Arbitrary<String> others() {
        return Arbitraries.of(
                "properties",
                "Moc.fits",
                "Norder3/Allsky.png",
                "Norder3/Allsky_2.png",
                "Norder3/Dir0/Npix007.fits",
                "Norder3/Dir0/readme",
                "HpxFinder/Norder3/Dir0/Npix5",
                "a name/with blanks and \"quotes\".txt",
                ManifestName.PROVENANCE);
    }

    /** Returns names of tiles. */
    public static Arbitrary<String> tiles() {
        return Combinators.combine(
                        Arbitraries.of(ORDERS),
                        Arbitraries.longs().between(0, 40_000),
                        Arbitraries.of(1, 0, -1),
                        Arbitraries.of(TileFormat.FITS, TileFormat.PNG),
                        Arbitraries.of(0, 0, 0, 7))
                .as((order, offset, side, format, channel) -> {
                    long cells = HealpixGrid.pixelCount(order);
                    long index = side > 0 ? offset : side < 0 ? cells - 1 - offset : cells / 2 + offset;
                    TileAddress address = new TileAddress(order, Math.floorMod(index, cells));
                    return new TreeName.Tile(address, channel, format).toString();
                });
    }

    static Arbitrary<byte[]> contents() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(
                        9, Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(60)),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.integers().between(0, 70_000).map(size -> filled(size))));
    }

    private static byte[] filled(int size) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) size);
        return content;
    }

    /** What a writer wrote: its objects by name, and the root. */
    record Written(Map<String, byte[]> objects, ManifestRoot root) {

        /** Returns the objects as texts, which can be compared. */
        Map<String, String> texts() {
            return objects.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, e -> new String(e.getValue(), StandardCharsets.ISO_8859_1)));
        }
    }

    static Written write(Map<String, byte[]> files) throws IOException {
        Map<String, byte[]> objects = new ConcurrentHashMap<>();
        ManifestWriter writer = new ManifestWriter(objects::put);
        files.forEach(writer::add);
        return new Written(objects, writer.finish(Optional.of("ivo://test/P/x"), Optional.empty(), Optional.empty()));
    }

    /** Puts a survey into a folder, with its manifest. */
    public static ManifestRoot publish(Map<String, byte[]> files, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            put(folder, file.getKey(), file.getValue());
        }
        Written written = write(files);
        for (Map.Entry<String, byte[]> object : written.objects.entrySet()) {
            put(folder, object.getKey(), object.getValue());
        }
        put(folder, ManifestName.ROOT, written.root.toBytes());
        return written.root;
    }

    /** Writes a file and the folders above it. */
    public static void put(Path folder, String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, content);
    }
}
