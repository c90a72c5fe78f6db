package org.hipsnode.serve.receive;

/**
 * What is answered to a request of the push protocol: a status, and a text for who reads it.
 *
 * @param text lines, each ended by a line feed
 */
public record Reply(int status, String text) {
    static final Reply UNKNOWN = of(404, "there is no such upload: begin it");

    /** Returns a reply with one line. */
    public static Reply of(int status, String line) {
        return new Reply(status, line + "\n");
    }
}
