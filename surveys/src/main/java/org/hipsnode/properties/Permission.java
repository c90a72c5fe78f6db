package org.hipsnode.properties;

import java.util.Optional;

/**
 * What the owner of a survey allows (HiPS 1.0, "HiPS mirroring"; standards.md §2.1): a cache that others are served from is a
 * copy, so a mirror's rules hold for it.
 */
public final class Permission {
    private Permission() {}

    /** Tells why a survey must not be served from here; empty if it may. */
    public static Optional<String> refusal(HipsProperties origin) {
        HipsStatus status = new SurveyProperties(origin).status();
        if (status.cloning() == HipsStatus.Cloning.UNCLONABLE) {
            return Optional.of("expected a survey that may be copied, found hips_status '" + status + "'");
        }
        if (status.cloning() == HipsStatus.Cloning.CLONABLE_ONCE && status.role() != HipsStatus.Role.MASTER) {
            return Optional.of("expected the master of a survey that may be copied once, found hips_status '" + status
                    + "'; name the master's address");
        }
        return Optional.empty();
    }

    /**
     * Returns the keyword list under which a survey is served from here: as a mirror's, every other line as it was.
     *
     * @param here its address on this node; empty if that depends on how the node is reached
     */
    public static HipsProperties rewritten(HipsProperties origin, Optional<String> here) {
        HipsProperties list =
                origin.with("hips_status", status(origin).toString()).without("moc_access_url");
        return here.isPresent() ? list.with("hips_service_url", here.get()) : list.without("hips_service_url");
    }

    private static HipsStatus status(HipsProperties origin) {
        HipsStatus status = new SurveyProperties(origin).status();
        boolean doubtful =
                HipsStatus.isVisibilityDoubtful(origin.value("hips_status").orElse(""));
        return new HipsStatus(
                doubtful ? HipsStatus.Visibility.PRIVATE : status.visibility(),
                status.role() == HipsStatus.Role.MASTER ? HipsStatus.Role.MIRROR : status.role(),
                status.cloning() == HipsStatus.Cloning.CLONABLE_ONCE
                        ? HipsStatus.Cloning.UNCLONABLE
                        : status.cloning());
    }
}
