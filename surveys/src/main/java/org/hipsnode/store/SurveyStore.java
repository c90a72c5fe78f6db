package org.hipsnode.store;

import java.io.IOException;
import java.util.Optional;

/** Read access to the files of one survey, by their names relative to its folder, with {@code /} between the parts. */
public interface SurveyStore {

    /**
     * Returns a file's content; empty if there is no such file.
     *
     * @param limit the most bytes to take
     * @throws org.hipsnode.io.TooLargeException if there are more
     * @throws IOException if the file may be there but cannot be read
     */
    Optional<byte[]> read(String name, int limit) throws IOException;

    /** Returns what messages call the survey: its folder or address. */
    @Override
    String toString();
}
