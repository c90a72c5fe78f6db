package org.hipsnode.mirror.pull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;

/**
 * The ETag by which a source told a version of a file, kept with the file itself: an attribute of the file system, which goes where the
 * file is linked, is not served, and costs no index. A file system without such attributes forgets it, and then the file is fetched again.
 */
final class FileTag {
    private static final String NAME = "hipsnode.etag";
    private static final int MOST_BYTES = 200;

    private FileTag() {}

    static Optional<String> of(Path file) {
        try {
            UserDefinedFileAttributeView attributes = attributes(file).orElse(null);
            if (attributes == null || !attributes.list().contains(NAME) || attributes.size(NAME) > MOST_BYTES) {
                return Optional.empty();
            }
            ByteBuffer content = ByteBuffer.allocate(attributes.size(NAME));
            attributes.read(NAME, content);
            return Optional.of(new String(content.array(), StandardCharsets.ISO_8859_1))
                    .filter(FileTag::isTag);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whatever the file system does not take is not kept. */
    static void set(Path file, String tag) {
        if (!isTag(tag)) {
            return;
        }
        try {
            Optional<UserDefinedFileAttributeView> attributes = attributes(file);
            if (attributes.isPresent()) {
                attributes.get().write(NAME, ByteBuffer.wrap(tag.getBytes(StandardCharsets.ISO_8859_1)));
            }
        } catch (IOException e) {
            return;
        }
    }

    /** A weak one will do: whoever asks by it takes any equal version (RFC 9110 §13.1.2). */
    private static boolean isTag(String text) {
        return text.length() <= MOST_BYTES && text.matches("(W/)?\"[!#-~]*\"");
    }

    private static Optional<UserDefinedFileAttributeView> attributes(Path file) {
        return Optional.ofNullable(Files.getFileAttributeView(file, UserDefinedFileAttributeView.class));
    }
}
