package org.hipsnode.mirror.pull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hipsnode.check.Finding;
import org.hipsnode.manifest.ManifestName;

/**
 * How a run of a mirror ended.
 *
 * @param origin address of the survey, without query
 * @param releaseDate of the release that the source has, as it says it
 * @param done what was done for it
 * @param missing files that could not be had, and why: the first few, and how many more
 * @param findings about the source, and of the check of the release
 */
public record MirrorReport(
        String origin,
        Path folder,
        Result result,
        Optional<String> releaseDate,
        Done done,
        List<String> missing,
        List<Finding> findings) {

    public MirrorReport {
        missing = List.copyOf(missing);
        findings = List.copyOf(findings);
    }

    /** Returns what is wrong with the source itself: of its files only the manifest is looked at there. */
    public List<Finding> aboutSource() {
        return findings.stream()
                .filter(finding -> finding.object().equals(ManifestName.ROOT))
                .toList();
    }

    MirrorReport withContent(String content) {
        Done known = new Done(
                done.fetched(),
                done.bytes(),
                done.kept(),
                done.deleted(),
                done.requests(),
                done.seconds(),
                Optional.of(content));
        return new MirrorReport(origin, folder, result, releaseDate, known, missing, findings);
    }

    /** What came of it. */
    public enum Result {
        /** The source has the release that is here. */
        UNCHANGED,
        /** Another release is in its place. */
        PUBLISHED,
        /** Files could not be had; the release before stays, and the next run goes on. */
        INCOMPLETE,
        /** The release that came breaks the standard; the release before stays. */
        DEFECTIVE
    }

    /**
     * What was done.
     *
     * @param requests to the source for files, tries included
     * @param content digest of all names and bytes of the copy; empty if nothing was published
     */
    public record Done(
            long fetched,
            long bytes,
            long kept,
            long deleted,
            long requests,
            double seconds,
            Optional<String> content) {
        static final Done NOTHING = new Done(0, 0, 0, 0, 0, 0, Optional.empty());
    }
}
