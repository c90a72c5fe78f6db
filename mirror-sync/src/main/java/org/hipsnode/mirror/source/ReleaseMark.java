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
 * @param digest of what that file says of the tiles: of a root the whole, of properties the lines that change with tiles
 * @param dated whether the release has a date, or a manifest: without either, nothing tells that tiles are the same
 */
public record ReleaseMark(String file, Optional<String> etag, String digest, boolean dated) {
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
        return new ReleaseMark(ManifestName.ROOT, etag, root.digest().toString(), true);
    }

    static ReleaseMark ofProperties(HipsProperties properties, Optional<String> etag) {
        return new ReleaseMark(
                "properties",
                etag,
                digest(properties),
                properties.value("hips_release_date").isPresent());
    }

    private static String digest(HipsProperties properties) {
        StringBuilder lines = new StringBuilder();
        LINES.forEach(key ->
                lines.append(key).append('=').append(properties.values(key)).append('\n'));
        return Digest.of(lines.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }

    public boolean isOfManifest() {
        return file.equals(ManifestName.ROOT);
    }

    /** Tells whether two marks are of the same release. */
    public boolean isSameAs(ReleaseMark other) {
        return file.equals(other.file) && digest.equals(other.digest) && dated;
    }

    /** Tells whether a file's content is of this release. */
    boolean isOf(byte[] content) throws IOException {
        if (!isOfManifest()) {
            return digest(HipsProperties.parse(content, file)).equals(digest);
        }
        try {
            return ManifestRoot.read(content, file).digest().toString().equals(digest);
        } catch (MalformedDataException e) {
            return false;
        }
    }
}
