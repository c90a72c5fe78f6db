package org.hipsnode.serve.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.api.Addresses;
import org.hipsnode.serve.api.ApiFiles;
import org.hipsnode.serve.api.MirrorRecords;
import org.hipsnode.serve.api.StatusRecords;
import org.hipsnode.serve.api.SurveyLists;
import org.hipsnode.serve.api.SurveyRecords;
import org.hipsnode.serve.api.Wtml;
import org.hipsnode.serve.describe.Contents;
import org.hipsnode.serve.describe.Origin;
import org.hipsnode.serve.describe.SkyMap;
import org.hipsnode.serve.describe.SurveyFilter;
import org.hipsnode.serve.page.FolderPage;
import org.hipsnode.serve.page.NodePage;
import org.hipsnode.serve.page.Shell;
import org.hipsnode.serve.page.SurveyPage;
import org.hipsnode.serve.page.ViewerPage;
import org.hipsnode.serve.partner.Fixity;
import org.hipsnode.serve.partner.Partners;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.Release;
import org.hipsnode.serve.snapshot.ServedSurvey;

/** Makes the texts that are not in files: pages, lists, what programs can ask. */
final class Documents {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";

    private final NodePage nodePage;
    private final SurveyPage surveyPage;
    private final ViewerPage viewerPage;
    private final Partners partners;

    Documents(Shell shell, Partners partners) {
        this.nodePage = new NodePage(shell);
        this.surveyPage = new SurveyPage(shell);
        this.viewerPage = new ViewerPage(shell);
        this.partners = partners;
    }

    /** A document, ready to be sent. */
    record Made(String mediaType, Buffer body) {}

    /**
     * Makes a document; empty if there is none of this survey.
     *
     * @param query of the address that was asked for
     */
    Optional<Made> make(Resource.Document document, NodeSnapshot now, Addresses addresses, Optional<String> query)
            throws IOException {
        if (document instanceof Resource.NodePage) {
            return made(HTML, nodePage.of(now.listed(), SurveyFilter.ofQuery(query), partners));
        } else if (document instanceof Resource.SurveyPage page) {
            ServedSurvey survey = page.survey();
            Optional<Fixity> audit = partners.audits().stream()
                    .filter(a -> a.path().equals(survey.path()))
                    .findFirst();
            return made(HTML, surveyPage.of(survey, Contents.of(survey), Origin.of(survey), audit, addresses));
        } else if (document instanceof Resource.SurveyViewer page) {
            return made(HTML, viewerPage.of(page.survey()));
        } else if (document instanceof Resource.CoverageMap map) {
            String picture = SkyMap.of(Contents.of(map.survey()).coverage());
            return made("image/svg+xml", picture.getBytes(StandardCharsets.UTF_8));
        } else if (document instanceof Resource.Folder folder) {
            return makeListing(folder.survey(), folder.name());
        }
        return makeForPrograms(document, now, addresses, query);
    }

    private static Optional<Made> makeListing(ServedSurvey survey, String name) throws IOException {
        Optional<Release> release = survey.release();
        return release.isEmpty()
                ? Optional.empty()
                : release.get()
                        .list(name)
                        .map(names -> FolderPage.of("/" + survey.path() + "/" + name + "/", names))
                        .flatMap(page -> made(HTML, page));
    }

    private Optional<Made> makeForPrograms(
            Resource.Document document, NodeSnapshot now, Addresses addresses, Optional<String> query) {
        if (document instanceof Resource.SurveyList) {
            return made(TEXT, SurveyLists.text(now, addresses));
        } else if (document instanceof Resource.SurveyListJson) {
            return made(JSON, SurveyLists.json(now, addresses));
        } else if (document instanceof Resource.ApiSurveys) {
            return made(
                    JSON,
                    new SurveyRecords(addresses, partners.audits())
                            .list(SurveyFilter.ofQuery(query).of(now.listed())));
        } else if (document instanceof Resource.ApiSurvey one) {
            return made(
                    JSON, new SurveyRecords(addresses, partners.audits()).one(one.survey(), Contents.of(one.survey())));
        } else if (document instanceof Resource.ApiMirrors) {
            return made(
                    JSON, new MirrorRecords(addresses, Instant.now()).list(now, partners.copies(), partners.audits()));
        } else if (document instanceof Resource.ApiStatus) {
            return made(JSON, new StatusRecords(addresses, partners).list(now));
        } else if (document instanceof Resource.SurveyWtml wtml) {
            return Wtml.of(wtml.survey(), addresses).map(bytes -> new Made("application/x-wtml", Buffer.buffer(bytes)));
        } else if (document instanceof Resource.ApiDescription) {
            return made("application/vnd.oai.openapi+json;version=3.1", ApiFiles.openApi());
        } else {
            return made(TEXT, ApiFiles.robots());
        }
    }

    static Optional<Made> made(String mediaType, byte[] bytes) {
        return Optional.of(new Made(mediaType, Buffer.buffer(bytes)));
    }
}
