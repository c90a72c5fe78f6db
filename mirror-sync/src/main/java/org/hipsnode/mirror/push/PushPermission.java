package org.hipsnode.mirror.push;

import org.hipsnode.properties.HipsStatus;
import org.hipsnode.properties.HipsStatus.Cloning;
import org.hipsnode.properties.HipsStatus.Role;
import org.hipsnode.properties.HipsStatus.Visibility;

/** Whether a survey may be copied elsewhere, by its {@code hips_status} (standards.md §2.1). */
public enum PushPermission {
    GRANTED(""),
    /** Its owner may, and should mean it. */
    ASK_PRIVATE("it is private: whoever runs the other node decides then who sees it"),
    ASK_UNCLONABLE("it is unclonable: by its status nobody is to copy it"),
    /** Nobody but its owner may. */
    REFUSED("it is a copy itself, and its hips_status forbids copies of it");

    private final String reason;

    PushPermission(String reason) {
        this.reason = reason;
    }

    /** Returns what is to be thought of before. */
    public String reason() {
        return reason;
    }

    /** Decides: whoever has the master may do as they like, of a copy only what is clonable may be copied on. */
    public static PushPermission of(HipsStatus status) {
        if (status.role() != Role.MASTER && status.cloning() != Cloning.CLONABLE) {
            return REFUSED;
        }
        if (status.visibility() == Visibility.PRIVATE) {
            return ASK_PRIVATE;
        }
        return status.cloning() == Cloning.UNCLONABLE ? ASK_UNCLONABLE : GRANTED;
    }
}
