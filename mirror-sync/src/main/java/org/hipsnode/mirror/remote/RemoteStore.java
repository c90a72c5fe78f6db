package org.hipsnode.mirror.remote;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.io.WebAddress;
import org.hipsnode.store.FileName;
import org.hipsnode.store.SurveyStore;

/** A survey on a far server, file by file. */
public record RemoteStore(WebAddress address, HttpFiles files) implements SurveyStore {

    @Override
    public Optional<byte[]> read(String name, int limit) throws IOException {
        return files.read(address.file(FileName.require(name)), limit);
    }

    /** Reads a file unless it is still the one with an ETag. */
    public RemoteFile readIfChanged(String name, Optional<String> etag, int limit) throws IOException {
        return files.readIfChanged(address.file(FileName.require(name)), etag, limit);
    }

    /** Returns what lies at the address itself, such as a HiPS list. */
    public Optional<byte[]> readBase(int limit) throws IOException {
        return files.read(address, limit);
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
