package org.hipsnode.serve.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipsnode.io.JsonText;
import org.hipsnode.properties.HipsList;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;

/** The node's HiPS list: as the standard has it, and as JSON records in the form of CDS's MocServer. */
public final class SurveyLists {
    private SurveyLists() {}

    /** Returns the HiPS list. */
    public static byte[] text(NodeSnapshot snapshot, Addresses addresses) {
        return HipsList.write(records(snapshot, addresses));
    }

    /** Returns the same as JSON: an object for each survey, a text for each keyword, a list where it has several values. */
    public static byte[] json(NodeSnapshot snapshot, Addresses addresses) {
        return JsonText.lines(
                records(snapshot, addresses).stream().map(SurveyLists::record).toList());
    }

    private static List<HipsProperties> records(NodeSnapshot snapshot, Addresses addresses) {
        return snapshot.listed().stream().map(s -> listed(s, addresses)).toList();
    }

    /** A survey that says where its home is says so in the list too; the others are at home here. */
    private static HipsProperties listed(ServedSurvey survey, Addresses addresses) {
        HipsProperties list = survey.properties().list();
        return list.value("hips_service_url").isPresent() ? list : list.with("hips_service_url", addresses.of(survey));
    }

    /** Of names written twice, one in the old spelling, the text keeps both; here each keyword stands as it was written. */
    private static Map<String, Object> record(HipsProperties list) {
        Map<String, Object> record = new LinkedHashMap<>();
        list.value("creator_did")
                .ifPresent(id -> record.put("ID", id.replaceFirst("^ivo://", "").replace('?', '/')));
        record.putAll(keywords(list));
        return record;
    }

    /** Returns the keywords that have a value: a text, or a list of several. */
    static Map<String, Object> keywords(HipsProperties list) {
        Map<String, Object> keywords = new LinkedHashMap<>();
        for (String key : list.keys()) {
            List<String> values = list.values(key);
            if (!values.isEmpty()) {
                keywords.put(key, values.size() == 1 ? values.get(0) : values);
            }
        }
        return keywords;
    }
}
