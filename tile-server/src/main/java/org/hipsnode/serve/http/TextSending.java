package org.hipsnode.serve.http;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.api.Addresses;
import org.hipsnode.serve.page.Shell;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has texts made, and sends them: pages, lists, and what comes with the program; belongs to one event loop. */
final class TextSending {
    private static final Logger LOG = LoggerFactory.getLogger(TextSending.class);
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String VIEWER = "aladin.js";
    private static final Map<String, String> PROGRAM_FILES =
            Map.of("node.js", SCRIPT, "node.css", "text/css; charset=utf-8", "icon.svg", "image/svg+xml");

    private final Vertx vertx;
    private final Site site;
    private final Texts texts;

    /** A check takes memory and a processor for a moment: there is one at a time, and no other work behind it. */
    private final WorkerExecutor checks;

    TextSending(Vertx vertx, Site site) {
        this.vertx = vertx;
        this.site = site;
        this.texts = new Texts(site.watch().snapshot());
        this.checks = vertx.createSharedWorkerExecutor("survey-checks", 1);
    }

    /** Sends a document, of whose survey it is known first how it is, where the document tells that. */
    void send(Exchange exchange, Resource.Document document, NodeSnapshot now) {
        Optional<ServedSurvey> toCheck = told(document).filter(survey -> !survey.isChecked());
        if (toCheck.isPresent()) {
            checks.executeBlocking(toCheck.get()::checkup, false)
                    .onComplete(done -> sendDocument(exchange, document, now));
        } else {
            sendDocument(exchange, document, now);
        }
    }

    /** Returns the survey of whose health a document tells. */
    private static Optional<ServedSurvey> told(Resource.Document document) {
        if (document instanceof Resource.SurveyPage page) {
            return Optional.of(page.survey());
        }
        return document instanceof Resource.ApiSurvey one ? Optional.of(one.survey()) : Optional.empty();
    }

    private void sendDocument(Exchange exchange, Resource.Document document, NodeSnapshot now) {
        HttpServerRequest request = exchange.request();
        Site.Face face = site.face();
        Addresses addresses = new Addresses(face.baseUrl().orElseGet(() -> BaseUrl.of(request)));
        Optional<String> query = Optional.ofNullable(request.query());
        Optional<String> key = isKept(document, query)
                ? Optional.of(addresses.base() + request.path() + " " + face.number() + state(document))
                : Optional.empty();
        sendText(exchange, now, key, () -> face.documents().make(document, now, addresses, query));
    }

    /** These tell how copies are, or what is known of bytes; no path has a space in it. */
    private String state(Resource.Document document) {
        boolean tells = document instanceof Resource.NodePage
                || document instanceof Resource.SurveyPage
                || document instanceof Resource.ApiSurveys
                || document instanceof Resource.ApiSurvey;
        return tells ? " " + site.partners().changes() : "";
    }

    /** What was searched for is not likely to be asked again, and a folder or a mirror may have changed. */
    private static boolean isKept(Resource.Document document, Optional<String> query) {
        boolean searched =
                query.isPresent() && (document instanceof Resource.NodePage || document instanceof Resource.ApiSurveys);
        return !searched && !(document instanceof Resource.Folder) && !tellsOfMirrors(document);
    }

    /** When a mirror last asked its origin changes without a release. */
    private static boolean tellsOfMirrors(Resource.Document document) {
        return document instanceof Resource.ApiMirrors
                || document instanceof Resource.ApiStatus
                || (document instanceof Resource.SurveyPage page
                        && page.survey().properties().status().role() != HipsStatus.Role.MASTER);
    }

    /** Some texts look into a survey's folder, and all are compressed, so none is made on an event loop. */
    private void sendText(
            Exchange exchange, NodeSnapshot now, Optional<String> key, Callable<Optional<Documents.Made>> making) {
        Optional<Texts.Text> known = key.flatMap(k -> texts.find(now, k));
        if (known.isPresent()) {
            Texts.send(exchange, known.get());
            return;
        }
        vertx.executeBlocking(() -> making.call().map(Texts::text), key.isEmpty())
                .onSuccess(made -> {
                    if (made.isPresent() && key.isPresent()) {
                        texts.keep(now, key.get(), made.get());
                        Texts.send(exchange, made.get());
                    } else if (made.isPresent()) {
                        texts.sendOnce(exchange, made.get());
                    } else {
                        exchange.refuse(Resource.Refusal.NOT_FOUND);
                    }
                })
                .onFailure(e -> {
                    LOG.warn(
                            "a text cannot be made: path={} reason={}",
                            exchange.request().path(),
                            e.toString());
                    exchange.refuse(new Resource.Refusal(500, "cannot be made"));
                });
    }

    /** Sends a file that comes with the program. */
    void sendViewerFile(Exchange exchange, String name, NodeSnapshot now) {
        Optional<byte[]> viewer = site.viewer();
        if (name.equals(VIEWER) && viewer.isPresent()) {
            sendProgramFile(exchange, now, name, SCRIPT, viewer::get);
        } else if (name.equals(VIEWER)) {
            // surveys' own pages ask here, since they cannot know what is configured
            exchange.send(Answers.elsewhere(site.viewerUrl()), Buffer.buffer());
        } else if (PROGRAM_FILES.containsKey(name)) {
            sendProgramFile(exchange, now, name, PROGRAM_FILES.getOrDefault(name, ""), () -> Shell.resource(name));
        } else {
            exchange.refuse(Resource.Refusal.NOT_FOUND);
        }
    }

    private void sendProgramFile(
            Exchange exchange, NodeSnapshot now, String name, String mediaType, Callable<byte[]> content) {
        sendText(exchange, now, Optional.of(name), () -> Documents.made(mediaType, content.call()));
    }
}
