package org.hipsnode.mirror.push;

import java.util.Optional;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.properties.Permission;
import org.hipsnode.properties.SurveyProperties;

/** The keywords of a copy: those of the survey, but for where it is and what copy it is (HiPS 1.0 §5.2; standards.md §2.1). */
final class CopyProperties {
    private static final String SERVICE = "hips_service_url";
    private static final String MASTER = "hips_master_url";

    private CopyProperties() {}

    static HipsProperties of(HipsProperties ours) {
        HipsProperties copy = Permission.rewritten(ours, Optional.empty());
        Optional<String> service = ours.value(SERVICE);
        boolean isMaster = new SurveyProperties(ours).status().role() == HipsStatus.Role.MASTER;
        boolean saysMore = service.isPresent() && isMaster && ours.value(MASTER).isEmpty();
        return saysMore ? copy.with(MASTER, service.get()) : copy;
    }
}
