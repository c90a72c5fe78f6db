package org.hipsnode.mirror.push;

import java.util.Optional;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.HipsStatus;

/** The keywords of a copy: those of the survey, but for where it is and what copy it is (HiPS 1.0 §5.2; standards.md §2.1). */
final class CopyProperties {
    private static final String STATUS = "hips_status";
    private static final String SERVICE = "hips_service_url";
    private static final String MASTER = "hips_master_url";

    private CopyProperties() {}

    static HipsProperties of(HipsProperties ours) {
        HipsStatus status = HipsStatus.parse(ours.value(STATUS).orElse(""));
        HipsProperties copy = ours.with(STATUS, copied(status).toString()).without("moc_access_url");
        Optional<String> service = ours.value(SERVICE);
        if (service.isPresent()) {
            copy = copy.without(SERVICE);
            boolean isMaster = status.role() == HipsStatus.Role.MASTER;
            copy = isMaster && ours.value(MASTER).isEmpty() ? copy.with(MASTER, service.get()) : copy;
        }
        return copy;
    }

    private static HipsStatus copied(HipsStatus status) {
        HipsStatus.Role role = status.role() == HipsStatus.Role.PARTIAL ? status.role() : HipsStatus.Role.MIRROR;
        HipsStatus.Cloning cloning = status.cloning() == HipsStatus.Cloning.CLONABLE
                ? HipsStatus.Cloning.CLONABLE
                : HipsStatus.Cloning.UNCLONABLE;
        return new HipsStatus(status.visibility(), role, cloning);
    }
}
