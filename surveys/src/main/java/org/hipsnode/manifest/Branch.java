package org.hipsnode.manifest;

/**
 * What a manifest says of the tiles below a place.
 *
 * @param digest of the object at that place
 * @param tiles how many there are
 * @param bytes size of all of them together
 */
public record Branch(Digest digest, long tiles, long bytes) {}
