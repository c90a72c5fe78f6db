package org.hipsnode.config;

import java.io.IOException;

/** A configuration that cannot be meant: the message names file, line, key, value and what is allowed. */
public final class ConfigException extends IOException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
