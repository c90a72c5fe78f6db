package org.hipsnode.serve.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hipsnode.io.JsonText;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.serve.describe.Origin;
import org.hipsnode.serve.partner.Fixity;
import org.hipsnode.serve.partner.KeptCopy;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.store.FolderStore;

/** The records of {@code /api/mirrors}: where copies come from, and how they are. */
public final class MirrorRecords {
    private final Addresses addresses;
    private final Instant now;

    public MirrorRecords(Addresses addresses, Instant now) {
        this.addresses = addresses;
        this.now = now;
    }

    /**
     * Returns the records of the mirrors that everybody may know of, sorted by path.
     *
     * @param audits what is known of the bytes of surveys, mirrors or not
     */
    public byte[] list(NodeSnapshot snapshot, List<KeptCopy> copies, List<Fixity> audits) {
        Map<String, Map<String, Object>> mirrors = new TreeMap<>();
        for (KeptCopy copy : copies) {
            if (!copy.secret() && snapshot.at(copy.path()).isEmpty()) {
                mirrors.put(copy.path(), absent(copy));
            }
        }
        for (ServedSurvey survey : snapshot.listed()) {
            Optional<KeptCopy> kept = copies.stream()
                    .filter(copy -> copy.path().equals(survey.path()))
                    .findFirst();
            Origin.of(survey).ifPresent(origin -> mirrors.put(survey.path(), present(survey, origin, kept)));
            Optional<Map<String, Object>> mirror = Optional.ofNullable(mirrors.get(survey.path()));
            audits.stream()
                    .filter(audit -> audit.path().equals(survey.path()))
                    .findFirst()
                    .ifPresent(audit -> mirror.ifPresent(
                            m -> put(m, audit, kept.flatMap(copy -> copy.times().verified()))));
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("count", mirrors.size());
        list.put("mirrors", List.copyOf(mirrors.values()));
        return JsonText.lines(list);
    }

    private Map<String, Object> absent(KeptCopy copy) {
        Map<String, Object> mirror = new LinkedHashMap<>();
        mirror.put("path", copy.path());
        mirror.put("origin", copy.origin());
        copy.newest().ifPresent(date -> mirror.put("origin_release_date", date));
        put(mirror, copy);
        return mirror;
    }

    private Map<String, Object> present(ServedSurvey survey, Origin origin, Optional<KeptCopy> kept) {
        Map<String, Object> mirror = new LinkedHashMap<>();
        survey.properties().creatorDid().ifPresent(id -> mirror.put("id", id));
        mirror.put("path", survey.path());
        mirror.put("title", survey.title());
        mirror.put("status", survey.properties().status().toString());
        mirror.put("origin", origin.address());
        survey.properties().releaseDate().ifPresent(date -> mirror.put("release_date", date.toString()));
        Optional<String> there = kept.flatMap(KeptCopy::newest).or(origin::releaseDate);
        there.ifPresent(date -> mirror.put("origin_release_date", date));
        lag(origin.releaseDate(), there).ifPresent(lag -> mirror.put("lag_seconds", lag.toSeconds()));
        origin.asked().ifPresent(time -> mirror.put("asked", time));
        kept.ifPresent(copy -> put(mirror, copy));
        origin.warning().ifPresent(text -> mirror.put("warning", text));
        root(survey).ifPresent(root -> {
            mirror.put("files", root.fileCount());
            mirror.put("bytes", root.totalBytes());
        });
        mirror.put("survey", addresses.of(survey));
        return mirror;
    }

    /** Returns for how long the origin has had a release that is not here. */
    private Optional<Duration> lag(Optional<String> here, Optional<String> there) {
        if (here.isEmpty() || here.equals(there)) {
            return here.map(same -> Duration.ZERO);
        }
        return there.flatMap(HipsDate::parse)
                .map(date -> Duration.between(date.utc().toInstant(ZoneOffset.UTC), now))
                .filter(lag -> !lag.isNegative());
    }

    private static void put(Map<String, Object> mirror, KeptCopy copy) {
        mirror.put("health", copy.health().word());
        put(mirror, "failing_since", copy.times().failing());
        put(mirror, "published", copy.times().published());
        put(mirror, "verified", copy.times().verified());
        mirror.put("running", copy.running());
        put(mirror, "next_run", copy.times().next());
    }

    private static void put(Map<String, Object> mirror, Fixity audit, Optional<Instant> published) {
        put(mirror, "verified", FixityRecords.later(audit.verified(), published));
        if (audit.isBad()) {
            mirror.put("health", audit.result().word());
        }
        mirror.put("audit", FixityRecords.of(audit));
    }

    private static void put(Map<String, Object> mirror, String key, Optional<Instant> time) {
        time.ifPresent(t -> mirror.put(key, FixityRecords.text(t)));
    }

    private static Optional<ManifestRoot> root(ServedSurvey survey) {
        try {
            return new ManifestReader(new FolderStore(survey.folder())).root();
        } catch (IOException e) {
            return Optional.empty(); // the record is of use without
        }
    }
}
