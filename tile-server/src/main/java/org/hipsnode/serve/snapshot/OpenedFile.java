package org.hipsnode.serve.snapshot;

import java.nio.channels.FileChannel;
import java.time.Instant;

/**
 * A file of a release, open to be read by position.
 *
 * @param channel whoever has it closes it
 */
public record OpenedFile(FileChannel channel, long size, Instant lastModified) {}
