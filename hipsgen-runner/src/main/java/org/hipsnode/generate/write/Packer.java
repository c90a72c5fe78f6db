package org.hipsnode.generate.write;

/** Packs bytes into a zlib stream (RFC 1950), as PNG wants them. May be used by many threads at once. */
@FunctionalInterface
interface Packer {
    byte[] pack(byte[] content);
}
