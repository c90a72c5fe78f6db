package org.hipsnode.manifest;

/**
 * What a manifest says of one file.
 *
 * @param bytes its size
 */
public record FileRecord(long bytes, Digest digest) {}
