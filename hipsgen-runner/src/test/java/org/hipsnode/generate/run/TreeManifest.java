package org.hipsnode.generate.run;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.hipsnode.io.Digests;
import org.hipsnode.store.FolderStore;

/** A survey's files with digests, as text. */
final class TreeManifest {
    private TreeManifest() {}

    /** Returns a line for each file, hidden ones too, with the digest of its bytes. */
    static String ofBytes(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        new FolderStore(folder)
                .listEverything((name, bytes) ->
                        lines.add(Digests.sha256(folder.resolve(name)).substring(0, 16) + " " + name));
        return String.join("\n", lines) + "\n";
    }

    /**
     * Returns a line for each file with the digest of what it says, which does not depend on the zlib or libjpeg of the
     * machine: of the colours of a PNG; none for a JPEG, nor of what tells the sizes of files.
     */
    static String ofContent(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        new FolderStore(folder)
                .list((name, bytes) -> lines.add(digest(name, Files.readAllBytes(folder.resolve(name))) + " " + name));
        return String.join("\n", lines) + "\n";
    }

    private static String digest(String name, byte[] content) throws IOException {
        if (name.endsWith(".jpg")) {
            return "-".repeat(16);
        }
        if (name.endsWith(".png")) {
            return Digests.sha256(colours(content)).substring(0, 16);
        }
        if (name.equals("properties")) {
            String stable = new String(content, java.nio.charset.StandardCharsets.UTF_8)
                    .replaceAll("(?m)^(hips_check_code|hips_estsize) .*\n", "");
            return Digests.sha256(stable.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .substring(0, 16);
        }
        return Digests.sha256(content).substring(0, 16);
    }

    private static byte[] colours(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        ByteBuffer colours = ByteBuffer.allocate(4 * image.getWidth() * image.getHeight());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.putInt(image.getRGB(x, y));
            }
        }
        return colours.array();
    }
}
