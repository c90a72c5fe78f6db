package org.hipsnode.generate.image;

import java.nio.file.Path;

/**
 * A file, or an image in it, that is left out.
 *
 * @param reason in words, with what was expected and what was found
 */
public record Rejection(Path file, String reason) {
    @Override
    public String toString() {
        return file + ": " + reason;
    }
}
