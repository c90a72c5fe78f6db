package org.hipsnode.generate.image;

import java.util.OptionalDouble;

/**
 * What is taken of each file.
 *
 * @param plane of a cube, from 1
 * @param blank value of pixels that are blank, besides those that the file marks
 */
public record ImageSelection(HduChoice hdus, int plane, OptionalDouble blank) {}
