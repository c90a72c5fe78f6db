package org.hipsnode.serve.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.api.Addresses;
import org.hipsnode.serve.api.Wtml;
import org.hipsnode.serve.describe.Contents;
import org.hipsnode.serve.describe.Kind;
import org.hipsnode.serve.describe.Origin;
import org.hipsnode.serve.describe.SkyMap;
import org.hipsnode.serve.describe.Viewer;
import org.hipsnode.serve.partner.Fixity;
import org.hipsnode.serve.snapshot.Checkup;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.serve.text.Markup;
import org.hipsnode.serve.text.Template;

/** The page of one survey: live viewer, coverage, facts, and all that it takes to use, copy and cite it. */
public final class SurveyPage {
    private static final Template BODY = Template.beside(SurveyPage.class, "survey.html");
    private static final int TITLE = 300;
    private static final int DESCRIPTION = 5000;

    private final Shell shell;

    public SurveyPage(Shell shell) {
        this.shell = shell;
    }

    /**
     * Returns the page.
     *
     * @param mirrored from where, if it is a mirror
     * @param audit what is known of its bytes, if they were read
     */
    public byte[] of(
            ServedSurvey survey,
            Contents contents,
            Optional<Origin> mirrored,
            Optional<Fixity> audit,
            Addresses addresses) {
        SurveyProperties properties = survey.properties();
        String title = Markup.cut(survey.title(), TITLE);
        View view = View.of(properties);
        Map<String, String> values = new HashMap<>();
        values.put("node", Markup.escape(shell.node()));
        values.put("title", Markup.escape(title));
        values.put("chips", chips(properties));
        values.put("view", view.open() + view.attributes(survey));
        values.put("poster", poster(contents));
        values.put("note", Markup.escape(view.note(properties, shell)));
        values.put("coverage", Markup.escape(SkyMap.title(contents.coverage())));
        values.put(
                "description", Markup.escape(Markup.cut(properties.description().orElse(""), DESCRIPTION)));
        values.put("glance", Facts.glance(properties, contents));
        values.put("snippets", new Snippets(survey, contents, addresses, shell.viewer()).html());
        values.put("files", files(properties, contents));
        values.put("listing", listing(contents));
        values.put("contents", ContentsTable.of(contents));
        values.put("viewers", viewers(properties));
        values.put("origin", Facts.origin(survey, contents, mirrored, audit, addresses));
        Checkup checkup = survey.checkup();
        values.put("health", Health.of(checkup));
        values.put("scope", Health.scope(checkup));
        values.put("address", Markup.escape(addresses.of(survey)));
        values.put("cite", Facts.citation(properties));
        values.put("keywords", Keywords.table(properties.list()));
        values.put("api", Markup.escape("/api/surveys" + Addresses.path(survey)));
        return shell.page(title, "one", BODY.fill(values));
    }

    private static String chips(SurveyProperties properties) {
        Kind kind = Kind.of(properties);
        List<String> chips = new ArrayList<>();
        kind.mission().ifPresent(chips::add);
        chips.addAll(kind.regimes());
        chips.add(kind.frame());
        chips.add(kind.type());
        return chips.stream().map(c -> "<span>" + Markup.escape(c) + "</span>").collect(Collectors.joining(" "));
    }

    private static String poster(Contents contents) {
        return contents.has("preview.jpg") ? "<img class=\"poster\" src=\"preview.jpg\" alt=\"Preview\">" : "";
    }

    private static String files(SurveyProperties properties, Contents contents) {
        List<String> links = new ArrayList<>();
        links.add(Html.link("properties", "properties"));
        add(links, contents, "Moc.fits", "coverage (MOC)");
        add(links, contents, "SMoc.fits", "coverage in ICRS");
        links.add(Html.link(made(Addresses.COVERAGE), "coverage map (SVG)"));
        add(links, contents, "preview.jpg", "preview");
        add(links, contents, "metadata.xml", "columns of the catalogue");
        add(links, contents, ManifestName.ROOT, "manifest: every file with its digest");
        add(links, contents, ManifestName.PROVENANCE, "provenance");
        if (Wtml.isPossible(properties)) {
            links.add(Html.link(made(Addresses.WTML), "WTML"));
        }
        add(links, contents, "index.html", "the page that the survey brings itself");
        return String.join("\n", links);
    }

    /** Programs that copy trees by their links take no link with a query for one of the survey's files. */
    private static String made(String name) {
        return name + "?made";
    }

    private static void add(List<String> links, Contents contents, String file, String text) {
        Optional.of(file).filter(contents::has).ifPresent(f -> links.add(Html.link(f, text)));
    }

    private static String listing(Contents contents) {
        if (contents.listing().isEmpty()) {
            return "";
        }
        String names = contents.has(ManifestName.ROOT)
                ? "<p>" + Html.link(made("files.txt"), "names of all files") + "</p>"
                : "";
        return "<details><summary>Folders and files, to be copied by their links</summary>" + names
                + "<pre tabindex=\"0\">" + FolderPage.links(contents.listing()) + "</pre></details>";
    }

    private static String viewers(SurveyProperties properties) {
        return List.of(Viewer.values()).stream()
                .map(viewer -> {
                    Viewer.Verdict verdict = viewer.of(properties);
                    return "<tr><th scope=\"row\">" + viewer.title() + "</th><td class=\""
                            + verdict.level().word() + "\">" + verdict.level().word() + "</td><td>"
                            + Markup.escape(verdict.reason()) + "</td></tr>";
                })
                .collect(Collectors.joining("\n"));
    }
}
