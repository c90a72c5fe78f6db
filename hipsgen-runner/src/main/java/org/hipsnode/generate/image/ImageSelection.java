package org.hipsnode.generate.image;

/**
 * What is taken of each file.
 *
 * @param plane of a cube, from 1
 * @param handling how the values are treated
 */
record ImageSelection(HduChoice hdus, int plane, Handling handling) {}
