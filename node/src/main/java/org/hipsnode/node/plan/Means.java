package org.hipsnode.node.plan;

import org.hipsnode.generate.run.StoreOpener;

/**
 * What works of a node need.
 *
 * @param userAgent by which operators of sources can tell us
 * @param builder name and version of this program
 * @param workers threads
 * @param stores opens surveys on far servers
 */
public record Means(String userAgent, String builder, int workers, StoreOpener stores) {}
