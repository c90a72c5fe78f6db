package org.hipsnode.serve.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.JsonText;
import org.hipsnode.serve.partner.KeptCopy;
import org.hipsnode.serve.partner.KeptSurvey;
import org.hipsnode.serve.partner.Partners;
import org.hipsnode.serve.partner.ServedRelease;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;

/** The records of {@code /api/status}: what this node does about its surveys, and the releases that were served. */
public final class StatusRecords {
    private final Addresses addresses;
    private final Partners partners;

    public StatusRecords(Addresses addresses, Partners partners) {
        this.addresses = addresses;
        this.partners = partners;
    }

    /** Returns the records of the surveys that everybody may know of, sorted by path; what went wrong is for the operator alone. */
    public byte[] list(NodeSnapshot snapshot) {
        List<KeptSurvey> made = partners.made();
        List<KeptCopy> copies = partners.copies();
        List<Map<String, Object>> surveys = new ArrayList<>();
        for (ServedSurvey survey : snapshot.listed()) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("path", survey.path());
            survey.properties().releaseDate().ifPresent(date -> record.put("release_date", date.toString()));
            Optional<KeptSurvey> own = made.stream()
                    .filter(one -> one.path().equals(survey.path()))
                    .findFirst();
            Optional<KeptCopy> copy = copies.stream()
                    .filter(one -> one.path().equals(survey.path()))
                    .findFirst();
            own.ifPresent(one -> put(record, one));
            copy.ifPresent(one -> put(record, one));
            if (own.isEmpty() && copy.isEmpty()) {
                record.put("kind", "served");
            }
            record.put(
                    "releases",
                    partners.releases(survey.path()).stream()
                            .map(StatusRecords::values)
                            .toList());
            record.put("survey", addresses.of(survey));
            surveys.add(record);
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("count", surveys.size());
        list.put("surveys", surveys);
        return JsonText.lines(list);
    }

    private static void put(Map<String, Object> record, KeptSurvey survey) {
        record.put("kind", "made");
        record.put("health", survey.failing().isPresent() ? "failing" : "ok");
        record.put("running", survey.running());
        put(record, "published", survey.published());
        put(record, "failing_since", survey.failing());
        put(record, "next_look", survey.next());
    }

    private static void put(Map<String, Object> record, KeptCopy copy) {
        record.put("kind", "mirror");
        record.put("health", copy.health().word());
        record.put("running", copy.running());
        put(record, "published", copy.times().published());
        put(record, "failing_since", copy.times().failing());
        put(record, "next_look", copy.times().next());
    }

    private static void put(Map<String, Object> record, String key, Optional<Instant> time) {
        time.ifPresent(t -> record.put(key, t.truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    private static Map<String, Object> values(ServedRelease release) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("release_date", release.date());
        values.put("content", release.content());
        values.put("files", release.files());
        values.put("bytes", release.bytes());
        values.put("seen", release.seen().truncatedTo(ChronoUnit.SECONDS).toString());
        return values;
    }
}
