package org.hipsnode.serve.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.api.Addresses;
import org.hipsnode.serve.describe.Kind;
import org.hipsnode.serve.describe.SurveyFilter;
import org.hipsnode.serve.partner.Fixity;
import org.hipsnode.serve.partner.KeptCopy;
import org.hipsnode.serve.partner.KeptSurvey;
import org.hipsnode.serve.partner.Partners;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.serve.text.Markup;
import org.hipsnode.serve.text.Template;

/** The node's page: its surveys as a gallery that can be searched, and a viewer that is loaded when it is wanted. */
public final class NodePage {
    private static final Template BODY = Template.beside(NodePage.class, "node.html");
    private static final Template CARD = Template.beside(NodePage.class, "card.html");
    private static final Template CHOICE = Template.beside(NodePage.class, "choice.html");
    private static final int TITLE = 200;
    private static final int DESCRIPTION = 280;

    private final Shell shell;

    public NodePage(Shell shell) {
        this.shell = shell;
    }

    /**
     * Returns the page with those of the surveys that are wanted.
     *
     * @param partners which of them are copies, which are made here, and how that goes
     */
    public byte[] of(List<ServedSurvey> all, SurveyFilter filter, Partners partners) {
        Map<String, String> marks = new HashMap<>();
        partners.copies().stream()
                .filter(copy -> copy.health().isBad())
                .forEach(copy -> marks.put(copy.path(), mark(copy)));
        partners.made().forEach(survey -> marks.put(survey.path(), mark(survey)));
        partners.audits().stream()
                .filter(Fixity::isBad)
                .forEach(audit -> marks.merge(audit.path(), mark(audit), String::concat));
        List<ServedSurvey> wanted = filter.of(all);
        return shell.page(
                shell.node(),
                "node",
                BODY.fill(Map.of(
                        "node", Markup.escape(shell.node()),
                        "note", Markup.escape(shell.note()),
                        "summary", summary(wanted.size(), all.size()),
                        "words", Markup.escape(filter.words()),
                        "choices", choices(all, filter),
                        "hint", hint(wanted.size(), all.size()),
                        "cards",
                                wanted.stream()
                                        .map(survey -> card(survey, marks.getOrDefault(survey.path(), "")))
                                        .collect(Collectors.joining()))));
    }

    private static String summary(int wanted, int all) {
        String surveys = all == 1 ? "1 survey" : all + " surveys";
        return wanted == all ? surveys : wanted + " of " + surveys;
    }

    private static String hint(int wanted, int all) {
        if (all == 0) {
            return "No survey here yet: make one with <code>hipsnode generate</code>.";
        }
        return wanted == 0 ? "No survey is like that. <a href=\"/\">Show all</a>" : "";
    }

    private static String choices(List<ServedSurvey> all, SurveyFilter filter) {
        List<Kind> kinds = all.stream().map(s -> Kind.of(s.properties())).toList();
        return choice("mission", "Mission", filter.mission(), kinds, k -> k.mission().stream())
                + choice("regime", "Regime", filter.regime(), kinds, k -> k.regimes().stream())
                + choice("frame", "Frame", filter.frame(), kinds, k -> Stream.of(k.frame()))
                + choice("type", "Type", filter.type(), kinds, k -> Stream.of(k.type()));
    }

    /** Where all are alike there is nothing to choose. */
    private static String choice(
            String name, String label, String chosen, List<Kind> kinds, Function<Kind, Stream<String>> values) {
        Map<String, Integer> counts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        kinds.stream().flatMap(values).forEach(v -> counts.merge(v, 1, Integer::sum));
        if (counts.isEmpty() || (counts.size() == 1 && counts.containsValue(kinds.size()))) {
            return "";
        }
        StringBuilder options = new StringBuilder();
        counts.forEach((value, count) -> options.append("<option value=\"")
                .append(Markup.escape(value))
                .append(value.equalsIgnoreCase(chosen) ? "\" selected>" : "\">")
                .append(Markup.escape(value))
                .append(" (")
                .append(count)
                .append(")</option>"));
        return CHOICE.fill(Map.of("name", name, "label", label, "options", options.toString()));
    }

    /** Says of a copy that its origin has not been reached or copied for a while. */
    private static String mark(KeptCopy copy) {
        String since =
                copy.times().asked().map(time -> " since " + Html.minute(time)).orElse("");
        String words = copy.health() == KeptCopy.Health.STALE
                ? "stale: not compared with its origin"
                : "could not be brought up to date";
        return "<p class=\"bad\">Mirror " + words + since + "</p>";
    }

    private static String mark(Fixity audit) {
        return "<p class=\"bad\">" + FixityText.damage(audit.counts()) + "</p>";
    }

    /** Says of a survey that is made here what goes on beside what is served. */
    private static String mark(KeptSurvey survey) {
        if (survey.running()) {
            return "<p class=\"note\">A new release is being made</p>";
        }
        return survey.failing()
                .map(time -> "<p class=\"bad\">No new release could be made since " + Html.minute(time) + "</p>")
                .orElse("");
    }

    private static String card(ServedSurvey survey, String mark) {
        SurveyProperties properties = survey.properties();
        Kind kind = Kind.of(properties);
        View view = View.of(properties);
        Map<String, String> values = new HashMap<>();
        values.put("href", Markup.escape(Addresses.path(survey) + "/"));
        values.put("view", view.attributes(survey));
        values.put("look", view.isPossible() ? "<button type=\"button\" class=\"look\">Look</button>" : "");
        values.put("title", Markup.escape(Markup.cut(survey.title(), TITLE)));
        values.put("mark", mark);
        values.put("facts", Markup.escape(facts(survey, kind)));
        values.put(
                "description", Markup.escape(Markup.cut(properties.description().orElse(""), DESCRIPTION)));
        values.put("id", Markup.escape(Markup.cut(properties.creatorDid().orElse(""), TITLE)));
        values.put("mission", Markup.escape(kind.mission().orElse("")));
        values.put("regime", Markup.escape(String.join("|", kind.regimes())));
        values.put("frame", Markup.escape(kind.frame()));
        values.put("type", kind.type());
        return CARD.fill(values);
    }

    private static String facts(ServedSurvey survey, Kind kind) {
        List<String> facts = new ArrayList<>();
        kind.mission().filter(mission -> !survey.title().startsWith(mission)).ifPresent(facts::add);
        facts.addAll(kind.regimes());
        facts.add(kind.frame());
        facts.add(kind.type());
        survey.properties().order().ifPresent(order -> facts.add("order " + order));
        return String.join(" · ", facts);
    }
}
