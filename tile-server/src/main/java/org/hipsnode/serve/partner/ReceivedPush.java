package org.hipsnode.serve.partner;

/**
 * A release that another node has pushed here, to its end.
 *
 * @param partner who has pushed it
 * @param release digest of its manifest
 * @param published whether it was; if not, its check found errors
 */
public record ReceivedPush(String survey, String partner, String release, boolean published, long files, long bytes) {}
