package org.hipsnode.serve.origin;

import java.nio.file.Path;
import org.hipsnode.io.WebAddress;

/**
 * A survey that is served as a cache of a remote one.
 *
 * @param path where it is served
 * @param origin address of the remote survey
 * @param quota the most bytes that it may take on disk
 * @param folder where what was fetched is kept; of this survey alone
 * @param allowsPrivate whether the origin may be at an address that is not of the public internet
 */
public record OriginSettings(String path, WebAddress origin, long quota, Path folder, boolean allowsPrivate) {}
