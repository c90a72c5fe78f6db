package org.hipsnode.bag;

import java.util.Optional;

/**
 * What was put into a bag, or taken out of one.
 *
 * @param files of the payload
 * @param bytes of these
 * @param content digest of names and bytes of the survey's files, by its manifest; empty if it has none
 */
public record BagReport(long files, long bytes, Optional<String> content) {}
