package org.hipsnode.io;

import java.io.IOException;

/**
 * Content that is not what it should be: the message names the object, what was expected, what was found, and what to do
 * where that is known.
 */
public class MalformedDataException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedDataException(String message) {
        super(message);
    }

    public MalformedDataException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Builds the usual message.
     *
     * @param object file, keyword or place
     */
    public static MalformedDataException expected(String object, String expected, String found) {
        return new MalformedDataException("'" + object + "': expected " + expected + ", found " + found);
    }
}
