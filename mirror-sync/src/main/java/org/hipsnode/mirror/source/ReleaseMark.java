package org.hipsnode.mirror.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.properties.HipsProperties;

/**
 * By what a release of a far survey is known again.
 *
 * @param file that tells: the manifest's root, or properties
 * @param etag of that file, where the server gives one
 * @param digest of that file
 * @param tiles digest of what the file says of the tiles: of properties the lines that change with them
 * @param dated whether the release has a date, or a manifest: without either, nothing tells that tiles are the same
 */
public record ReleaseMark(String file, Optional<String> etag, String digest, String tiles, boolean dated) {
    /** What changes with the tiles; another title is no other release. */
    private static final List<String> LINES = List.of(
            "creator_did",
            "hips_release_date",
            "hips_order",
            "hips_order_min",
            "hips_frame",
            "hips_tile_width",
            "hips_tile_format",
            "hips_pixel_bitpix",
            "hips_cube_depth",
            "dataproduct_type",
            "hips_check_code");

    static ReleaseMark ofManifest(ManifestRoot root, Optional<String> etag) {
        String digest = root.digest().toString();
        return new ReleaseMark(ManifestName.ROOT, etag, digest, digest, true);
    }

    static ReleaseMark ofProperties(HipsProperties properties, Optional<String> etag) {
        return new ReleaseMark(
                "properties",
                etag,
                Digest.of(properties.toBytes()).toString(),
                tiles(properties),
                properties.value("hips_release_date").isPresent());
    }

    private static String tiles(HipsProperties properties) {
        StringBuilder lines = new StringBuilder();
        LINES.forEach(key ->
                lines.append(key).append('=').append(properties.values(key)).append('\n'));
        return Digest.of(lines.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }

    public boolean isOfManifest() {
        return file.equals(ManifestName.ROOT);
    }

    /** Tells whether two marks are of releases with the same tiles. */
    public boolean isSameAs(ReleaseMark other) {
        return file.equals(other.file) && tiles.equals(other.tiles) && dated;
    }

    /** Tells whether a file's content is of this release. */
    boolean isOf(byte[] content) throws IOException {
        if (!isOfManifest()) {
            return Digest.of(content).toString().equals(digest);
        }
        try {
            return ManifestRoot.read(content, file).digest().toString().equals(digest);
        } catch (MalformedDataException e) {
            return false;
        }
    }
}
