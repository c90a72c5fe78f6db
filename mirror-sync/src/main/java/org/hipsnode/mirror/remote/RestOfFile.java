package org.hipsnode.mirror.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** Takes what a server sends of a large file, piece by piece. */
public interface RestOfFile {
    /**
     * Learns what comes.
     *
     * @param from first byte that comes: that which was asked for, or 0 if the server sends all
     * @param size of the whole file, if the server tells
     * @param validator of this version of the file, if the server tells
     */
    void begin(long from, OptionalLong size, Optional<String> validator) throws IOException;

    /** Takes the next bytes. */
    void take(ByteBuffer bytes) throws IOException;
}
