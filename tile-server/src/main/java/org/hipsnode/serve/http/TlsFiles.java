package org.hipsnode.serve.http;

import java.nio.file.Path;

/**
 * The PEM files of a server's certificate, with those of its issuers behind it, and of its key.
 */
public record TlsFiles(Path certificate, Path key) {}
