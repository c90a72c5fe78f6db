package org.hipsnode.mirror.push;

import java.util.Optional;
import org.hipsnode.manifest.Digest;

/**
 * What a push would do.
 *
 * @param survey the creator's id of the survey, if it has one
 * @param permission whether the survey may be copied
 * @param release digest of the manifest that is pushed
 * @param difference what the other side lacks
 * @param going what happens to the date of the release there
 */
public record PushPlan(
        Optional<String> survey, PushPermission permission, Digest release, Difference difference, Going going) {

    /** Where a release goes in time. */
    public enum Going {
        /** Nothing is there, or something that is no newer. */
        FORWARD,
        /** Something newer is there. */
        BACK
    }

    /** Files are counted without the manifest's own.
     *
     * @param send files to be sent, of which the other side has some in another form
     * @param replaced how many these are
     * @param keep files that are there already
     * @param drop files there that the release does not have
     * @param same whether the release is there already
     */
    public record Difference(Count send, long replaced, Count keep, long drop, boolean same) {

        /** Tells whether at most so many per cent of the files there are dropped. */
        public boolean dropsAtMost(double percent) {
            return drop * 100.0 <= percent * (keep.files() + replaced + drop);
        }
    }

    /** Files and their bytes. */
    public record Count(long files, long bytes) {
        Count plus(long moreFiles, long moreBytes) {
            return new Count(files + moreFiles, bytes + moreBytes);
        }
    }
}
