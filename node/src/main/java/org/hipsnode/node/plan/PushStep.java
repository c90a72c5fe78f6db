package org.hipsnode.node.plan;

import java.util.Locale;
import java.util.Optional;
import org.hipsnode.manifest.Digest;
import org.hipsnode.mirror.push.PushPermission;
import org.hipsnode.mirror.push.PushPlan;
import org.hipsnode.node.config.PushPartner;
import org.hipsnode.properties.HipsStatus;

/**
 * What is to be done about a survey at a node to which it is pushed.
 *
 * @param why in words
 */
public record PushStep(Action action, String why) {

    /** What there is to do. */
    public enum Action {
        SEND,
        /** The release is there. */
        NOTHING,
        /** It is not for that node. */
        LEAVE,
        /** Something there is in the way, at which a person must look. */
        REFUSE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is found at the other node.
     *
     * @param status of the survey there; empty if there is none
     * @param release digest of its manifest; empty if there is none
     */
    public record There(Optional<HipsStatus> status, Optional<Digest> release) {}

    /** Decides what can be decided without asking the other node, which is not told of what it must not know. */
    public static Optional<PushStep> ofStatus(HipsStatus ours, PushPartner partner, String path) {
        PushPermission permission = PushPermission.of(ours);
        if (permission == PushPermission.GRANTED || (permission != PushPermission.REFUSED && partner.names(path))) {
            return Optional.empty();
        }
        String next = permission == PushPermission.REFUSED
                ? ""
                : "; if that is meant, name it below surveys of this node, without '*'";
        return Optional.of(new PushStep(Action.LEAVE, permission.reason() + next));
    }

    /**
     * Decides the rest.
     *
     * @param pushed release that was last pushed there from here, if one was
     */
    public static PushStep of(
            HipsStatus ours, PushPartner partner, PushPlan plan, There there, Optional<String> pushed) {
        if (plan.difference().same()) {
            return new PushStep(Action.NOTHING, "the release is there already");
        }
        boolean isMaster = there.status()
                .filter(status -> status.role() == HipsStatus.Role.MASTER)
                .isPresent();
        if (isMaster && ours.role() != HipsStatus.Role.MASTER) {
            return new PushStep(Action.LEAVE, "its master is there");
        }
        boolean isOurs = there.release()
                .map(Digest::toString)
                .filter(pushed.orElse("")::equals)
                .isPresent();
        if (plan.going() == PushPlan.Going.BACK && !isOurs) {
            return new PushStep(
                    Action.REFUSE,
                    "a newer release is there, which was not pushed by this node; to replace it give the command "
                            + "hipsnode push with --yes once");
        }
        if (!plan.difference().dropsAtMost(partner.maxDelete())) {
            return new PushStep(
                    Action.REFUSE,
                    "it lacks " + plan.difference().drop() + " files of the release there, more than "
                            + partner.maxDelete()
                            + " %: look whether it is whole, then give the command hipsnode push with --yes once, or a "
                            + "higher max-delete");
        }
        return new PushStep(Action.SEND, there.release().isEmpty() ? "none is there yet" : "another release is there");
    }
}
