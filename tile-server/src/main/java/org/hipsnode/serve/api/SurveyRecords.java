package org.hipsnode.serve.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.hipsnode.check.Finding;
import org.hipsnode.io.JsonText;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.describe.Contents;
import org.hipsnode.serve.describe.Copy;
import org.hipsnode.serve.describe.Kind;
import org.hipsnode.serve.describe.Viewer;
import org.hipsnode.serve.partner.Fixity;
import org.hipsnode.serve.snapshot.Checkup;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.tile.TileFormat;

/** The records of {@code /api/surveys}: what a node says of its surveys to programs. */
public final class SurveyRecords {
    private final Addresses addresses;
    private final Map<String, Fixity> audits;

    /**
     * Prepares records.
     *
     * @param audits what is known of the bytes of surveys
     */
    public SurveyRecords(Addresses addresses, List<Fixity> audits) {
        this.addresses = addresses;
        this.audits = audits.stream().collect(Collectors.toMap(Fixity::path, audit -> audit));
    }

    /** Returns the records of some surveys. */
    public byte[] list(List<ServedSurvey> surveys) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("count", surveys.size());
        list.put("surveys", surveys.stream().map(this::record).toList());
        return JsonText.lines(list);
    }

    /** Returns all that is known of one survey. */
    public byte[] one(ServedSurvey survey, Contents contents) {
        Map<String, Object> record = record(survey);
        record.put("tiles", contents.trees().stream().map(SurveyRecords::tiles).toList());
        record.put("viewers", viewers(survey.properties()));
        record.put("health", health(survey.checkup()));
        record.put(
                "copies",
                Copy.of(survey.properties().list()).stream()
                        .map(SurveyRecords::copy)
                        .toList());
        record.put("keywords", SurveyLists.keywords(survey.properties().list()));
        addLinks(record, survey, contents);
        return JsonText.lines(record);
    }

    private Map<String, Object> record(ServedSurvey survey) {
        SurveyProperties properties = survey.properties();
        HipsProperties list = properties.list();
        Kind kind = Kind.of(properties);
        Map<String, Object> record = new LinkedHashMap<>();
        put(record, "id", properties.creatorDid());
        record.put("path", survey.path());
        record.put("title", survey.title());
        put(record, "mission", kind.mission());
        record.put("regimes", kind.regimes());
        record.put("frame", kind.frame());
        record.put("type", kind.type());
        properties.order().ifPresent(order -> record.put("order", order));
        record.put("order_min", properties.orderMin());
        record.put("tile_width", properties.tileWidth());
        record.put(
                "formats",
                properties.formats().stream().map(TileFormat::keyword).toList());
        put(record, "sky_fraction", properties.number("moc_sky_fraction"));
        put(record, "release_date", properties.releaseDate().map(Object::toString));
        record.put("status", properties.status().toString());
        put(record, "licence", list.value("hips_licence").or(() -> list.value("hips_license")));
        Optional<Fixity> audit = Optional.ofNullable(audits.get(survey.path()));
        put(record, "verified", audit.flatMap(Fixity::verified).map(FixityRecords::text));
        audit.ifPresent(a -> record.put("audit", FixityRecords.of(a)));
        record.put("links", links(survey));
        return record;
    }

    private static void put(Map<String, Object> record, String key, Optional<String> value) {
        value.ifPresent(v -> record.put(key, v));
    }

    private static void put(Map<String, Object> record, String key, OptionalDouble value) {
        value.stream().filter(Double::isFinite).forEach(v -> record.put(key, v));
    }

    private Map<String, Object> links(ServedSurvey survey) {
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("self", addresses.inApi(survey));
        links.put("survey", addresses.of(survey));
        links.put("page", addresses.of(survey, ""));
        links.put("properties", addresses.of(survey, "properties"));
        links.put("coverage_map", addresses.of(survey, Addresses.COVERAGE));
        if (Wtml.isPossible(survey.properties())) {
            links.put("wtml", addresses.of(survey, Addresses.WTML));
        }
        return links;
    }

    private void addLinks(Map<String, Object> record, ServedSurvey survey, Contents contents) {
        Map<String, Object> links = links(survey);
        Map.of(
                        "coverage",
                        "Moc.fits",
                        "preview",
                        "preview.jpg",
                        "manifest",
                        ManifestName.ROOT,
                        "provenance",
                        ManifestName.PROVENANCE)
                .entrySet()
                .stream()
                .filter(link -> contents.has(link.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(link -> links.put(link.getKey(), addresses.of(survey, link.getValue())));
        record.put("links", links);
    }

    private static Map<String, Object> tiles(Contents.Tiles tiles) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("order", tiles.order());
        record.put("format", tiles.format().keyword());
        record.put("count", tiles.count());
        record.put("bytes", tiles.bytes());
        return record;
    }

    private static List<Map<String, Object>> viewers(SurveyProperties properties) {
        List<Map<String, Object>> viewers = new ArrayList<>();
        for (Viewer viewer : Viewer.values()) {
            Viewer.Verdict verdict = viewer.of(properties);
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("viewer", viewer.title());
            record.put("shows", verdict.level().word());
            record.put("reason", verdict.reason());
            viewers.add(record);
        }
        return viewers;
    }

    private static Map<String, Object> health(Checkup checkup) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("errors", checkup.errors());
        record.put("warnings", checkup.warnings());
        record.put("notes", checkup.notes());
        record.put("files", checkup.ofFiles());
        record.put(
                "findings", checkup.worst().stream().map(SurveyRecords::finding).toList());
        return record;
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        record.put("object", finding.object());
        record.put("message", finding.message());
        return record;
    }

    private static Map<String, Object> copy(Copy copy) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("address", copy.address());
        record.put("status", copy.status());
        return record;
    }
}
