package org.hipsnode.serve.origin;

/** What an origin says of a file. */
sealed interface Fetched {

    /** Here it is, whole. */
    record Whole(Note note) implements Fetched {}

    /** It is still the one that is known. */
    record Unchanged(Note note) implements Fetched {}

    /** There is none. */
    record Missing() implements Fetched {}
}
