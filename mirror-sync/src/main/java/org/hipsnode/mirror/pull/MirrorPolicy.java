package org.hipsnode.mirror.pull;

/**
 * What a mirror does without being asked again.
 *
 * @param maxDeletePercent of the files here that a run may delete
 * @param confirmed that it may delete more, and take over a folder that is no mirror yet
 * @param recheck whether a plain source is asked about every file although it says that the release is the same
 * @param acceptsDefects whether a release is published although files of it break the standard
 */
public record MirrorPolicy(double maxDeletePercent, boolean confirmed, boolean recheck, boolean acceptsDefects) {
    public static final double USUAL_PERCENT = 10;
    public static final MirrorPolicy USUAL = new MirrorPolicy(USUAL_PERCENT, false, false, false);

    public MirrorPolicy {
        if (!(maxDeletePercent >= 0 && maxDeletePercent <= 100)) {
            throw new IllegalArgumentException("a percentage is 0 to 100, found " + maxDeletePercent);
        }
    }

    boolean allowsDeleting(long files, long ofFiles) {
        return confirmed || files * 100.0 <= maxDeletePercent * ofFiles;
    }
}
