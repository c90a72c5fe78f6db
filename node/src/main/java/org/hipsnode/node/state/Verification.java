package org.hipsnode.node.state;

import java.time.Instant;

/**
 * A look at every byte of a release.
 *
 * @param survey path of the survey in the node
 * @param content digest of all names and bytes of the release
 * @param ended when it was over
 * @param good whether every byte was as it should be
 * @param message what was looked at, or what was found
 */
public record Verification(String survey, String content, Instant ended, boolean good, String message) {}
