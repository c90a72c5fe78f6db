package org.hipsnode.node.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hipsnode.serve.measure.ServerMetrics;
import org.hipsnode.serve.measure.ServerMetrics.Reading;
import org.hipsnode.serve.partner.Fixity;
import org.hipsnode.serve.snapshot.NodeSnapshot;

/** The metrics of a node's audits. */
final class AuditMetrics {
    private final Supplier<AuditSchedule> auditing;
    private final Supplier<NodeSnapshot> snapshot;

    AuditMetrics(Supplier<AuditSchedule> auditing, Supplier<NodeSnapshot> snapshot) {
        this.auditing = auditing;
        this.snapshot = snapshot;
    }

    void register(ServerMetrics metrics) {
        metrics.counters(
                "hipsnode_audit_read_bytes",
                "Bytes of surveys read again to compare them with their manifests",
                () -> List.of(new Reading(Map.of(), (double) auditing.get().bytesRead())));
        metrics.gauges(
                "hipsnode_audit_last_verified_timestamp_seconds",
                "When every byte of a survey was last found to be right, or put right",
                () -> surveys(f -> f.verified().map(time -> (double) time.getEpochSecond())));
        metrics.gauges(
                "hipsnode_audit_damaged_files",
                "Files that the last audit found damaged, missing or added, and that were not repaired",
                () -> surveys(f -> Optional.of(
                        f.isBad() ? (double) (f.counts().bad() - f.counts().repaired()) : 0.0)));
        metrics.gauges(
                "hipsnode_audit_repaired_files",
                "Files that the last audit repaired",
                () -> surveys(f -> Optional.of((double) f.counts().repaired())));
    }

    private List<Reading> surveys(Function<Fixity, Optional<Double>> value) {
        Map<String, String> names = names();
        List<Reading> readings = new ArrayList<>();
        for (Fixity fixity : auditing.get().audits()) {
            value.apply(fixity)
                    .ifPresent(v ->
                            readings.add(new Reading(Map.of("survey", names.getOrDefault(fixity.path(), "")), v)));
        }
        return readings;
    }

    /** One that has lost its properties is not served, and may have been private. */
    private Map<String, String> names() {
        List<String> paths = auditing.get().audits().stream().map(Fixity::path).toList();
        return PublicNames.of(paths, snapshot.get(), path -> true);
    }
}
