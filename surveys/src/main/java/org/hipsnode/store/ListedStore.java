package org.hipsnode.store;

import java.io.IOException;

/** A store that can tell which files it holds. */
public interface ListedStore extends SurveyStore {

    /** Receives the name and size of a file. */
    @FunctionalInterface
    interface FileSink {
        void accept(String name, long bytes) throws IOException;
    }

    /** Reports every file, folder by folder, names sorted in each as UTF-16 code units; hidden entries are passed over. */
    void list(FileSink sink) throws IOException;
}
