package org.hipsnode.serve.http;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.arrival.Incoming;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.serve.receive.PushRequest;
import org.hipsnode.serve.receive.Reply;
import org.hipsnode.serve.receive.Upload;
import org.hipsnode.serve.receive.Uploads;

/** A pushed file on its way to the disk; used by one thread at a time. */
final class FileTaking {
    private final Uploads uploads;
    private final PushRequest.Put put;
    private final long length;
    private Optional<Incoming> incoming = Optional.empty();

    /**
     * Prepares to take a file.
     *
     * @param length how long it is said to be
     */
    FileTaking(Uploads uploads, PushRequest.Put put, long length) {
        this.uploads = uploads;
        this.put = put;
        this.length = length;
    }

    /** Takes a piece; gives a reply once the file is in its place, or is not going to be. */
    synchronized Optional<Reply> take(byte[] piece, boolean last) throws IOException {
        try {
            Optional<Reply> refusal = incoming.isPresent() ? Optional.empty() : begin();
            if (refusal.isPresent()) {
                return refusal;
            }
            Incoming file = incoming.orElseThrow();
            file.write(piece);
            if (last) {
                file.finish();
                drop();
            }
            return last ? Optional.of(new Reply(204, "")) : Optional.empty();
        } catch (MalformedDataException e) {
            drop();
            return Optional.of(Reply.of(422, String.valueOf(e.getMessage())));
        }
    }

    private Optional<Reply> begin() throws IOException {
        Optional<Upload> upload = uploads.find(put.survey(), put.release());
        if (upload.isEmpty()) {
            return Optional.of(Reply.of(410, "there is no such upload: begin it"));
        }
        incoming = upload.get().take(put.name());
        if (incoming.isEmpty()) {
            return Optional.of(Reply.of(404, "the manifest does not tell of such a file: ask what is wanted"));
        }
        if (length > incoming.get().limit()) {
            long limit = incoming.get().limit();
            drop();
            return Optional.of(Reply.of(422, "expected " + limit + " bytes, found " + length));
        }
        return Optional.empty();
    }

    /** Drops what is not in its place. */
    synchronized boolean drop() throws IOException {
        if (incoming.isPresent()) {
            incoming.get().close();
        }
        return true;
    }
}
