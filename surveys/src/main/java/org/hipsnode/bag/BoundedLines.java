package org.hipsnode.bag;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;

/** The lines of a tag file, one after the other: UTF-8, ended by LF, CR or both (RFC 8493 §2.1.3), none of them too long. */
final class BoundedLines implements Closeable {
    /** A name of a survey's file is 1024 characters at most, each of which may be written as nine. */
    private static final int MOST_BYTES = 1 << 14;

    private final String file;
    private final InputStream in;

    BoundedLines(String file, InputStream in) {
        this.file = file;
        this.in = new BufferedInputStream(in);
    }

    static BoundedLines of(Path file) throws IOException {
        return new BoundedLines(String.valueOf(file.getFileName()), Files.newInputStream(file));
    }

    /** Returns the next line that is not empty; empty at the end. */
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            boolean ends = b == '\n' || b == '\r';
            if (ends && line.size() > 0) {
                return Optional.of(text(line));
            }
            if (!ends) {
                line.write(b);
            }
            if (line.size() > MOST_BYTES) {
                throw MalformedDataException.expected(
                        file, "lines of at most " + MOST_BYTES + " bytes", "a longer one");
            }
        }
        return line.size() > 0 ? Optional.of(text(line)) : Optional.empty();
    }

    private String text(ByteArrayOutputStream line) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString()
                    .replaceFirst("^\uFEFF", "");
        } catch (CharacterCodingException e) {
            throw MalformedDataException.expected(file, "UTF-8", "other bytes");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
