package org.hipsnode.mirror.pull;

import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.transfer.Host;

/**
 * A mirror that is wanted.
 *
 * @param host of the survey that is copied, by its own address
 * @param folder of the copy, its own
 * @param here address at which the copy is served; empty if it is not to say
 */
public record MirrorRequest(Host host, Path folder, Selection selection, Optional<String> here, MirrorPolicy policy) {

    /** Returns the request for a whole copy with nothing special about it. */
    public static MirrorRequest of(Host host, Path folder) {
        return new MirrorRequest(host, folder, Selection.ALL, Optional.empty(), MirrorPolicy.USUAL);
    }

    /** Returns the same request for another folder. */
    public MirrorRequest in(Path other) {
        return new MirrorRequest(host, other, selection, here, policy);
    }

    /** Returns the same request, with the host reached in another way. */
    public MirrorRequest by(Host other) {
        return new MirrorRequest(other, folder, selection, here, policy);
    }
}
