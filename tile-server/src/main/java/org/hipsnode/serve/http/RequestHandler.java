package org.hipsnode.serve.http;

import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hipsnode.io.WebAddress;
import org.hipsnode.properties.HipsList;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.serve.access.Verdict;
import org.hipsnode.serve.answer.Answer;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.answer.Routes;
import org.hipsnode.serve.origin.Provision;
import org.hipsnode.serve.origin.ReadThrough;
import org.hipsnode.serve.origin.SurveyCache;
import org.hipsnode.serve.page.NodePage;
import org.hipsnode.serve.request.Conditions;
import org.hipsnode.serve.request.RequestPath;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a request, has it answered, and puts the answer on the wire. */
final class RequestHandler implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String VIEWER = "aladin.js";
    private static final List<String> PAGE_FILES = List.of("node.js", "node.css");

    private final Vertx vertx;
    private final Guard guard;
    private final ReadThrough readThrough;
    private final Supplier<NodeSnapshot> snapshot;
    private final NodePage page;
    private final Optional<Path> viewer;
    private final String viewerUrl;
    private final Optional<String> baseUrl;

    RequestHandler(
            Vertx vertx,
            ServerSettings settings,
            Guard guard,
            ReadThrough readThrough,
            Supplier<NodeSnapshot> snapshot) {
        this.vertx = vertx;
        this.guard = guard;
        this.readThrough = readThrough;
        this.snapshot = snapshot;
        this.viewer = settings.bundledViewer();
        this.viewerUrl = settings.viewerUrl();
        this.baseUrl = settings.baseUrl();
        this.page = viewer.isPresent()
                ? new NodePage(settings.title(), "/viewer/" + VIEWER, "")
                : new NodePage(
                        settings.title(),
                        settings.viewerUrl(),
                        "Aladin Lite is not part of this installation, so it is loaded from " + settings.viewerUrl());
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            preflight(request);
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            send(request, Answers.methodNotAllowed(), Buffer.buffer());
        } else {
            NodeSnapshot now = snapshot.get();
            answer(request, Routes.resolve(RequestPath.parse(request.uri()), now), now);
        }
    }

    /** For a private survey, a page of some origins only may bring a credential. */
    private void preflight(HttpServerRequest request) {
        if (Routes.resolve(RequestPath.parse(request.uri()), snapshot.get()) instanceof Resource.Guarded) {
            guard.hide(request);
        }
        send(request, Answers.options(), Buffer.buffer());
    }

    /** Answers what is no HTTP request. */
    void refuseInvalid(HttpServerRequest request) {
        boolean tooLong = request.decoderResult().cause() instanceof TooLongHttpLineException;
        refuse(request, new Resource.Refusal(tooLong ? 414 : 400, "not a request that can be understood"));
    }

    private void answer(HttpServerRequest request, Resource resource, NodeSnapshot now) {
        if (resource instanceof Resource.Guarded guarded) {
            guard.admit(request, guarded.survey())
                    .onSuccess(verdict -> answer(request, verdict, guarded.content(), now));
        } else if (resource instanceof Resource.SurveyFile file) {
            sendSurveyFile(request, file);
        } else if (resource instanceof Resource.ViewerFile file) {
            sendViewerFile(request, file.name());
        } else if (resource instanceof Resource.NodePage) {
            sendText(request, HTML, page.of(now.listed()));
        } else if (resource instanceof Resource.SurveyPage survey) {
            sendText(request, HTML, page.of(List.of(survey.survey())));
        } else if (resource instanceof Resource.SurveyList) {
            sendText(request, TEXT, hipsList(request, now));
        } else if (resource instanceof Resource.FolderWithoutSlash folder) {
            send(request, Answers.moved("/" + WebAddress.encode(folder.path()) + "/"), Buffer.buffer());
        } else if (resource instanceof Resource.Refusal refusal) {
            refuse(request, refusal);
        }
    }

    private void answer(HttpServerRequest request, Verdict verdict, Resource content, NodeSnapshot now) {
        answer(
                request,
                verdict == Verdict.GRANTED ? content : new Resource.Refusal(verdict.status(), verdict.reason()),
                now);
    }

    private void refuse(HttpServerRequest request, Resource.Refusal refusal) {
        send(request, Answers.refusal(refusal), Buffer.buffer(refusal.reason()));
    }

    private byte[] hipsList(HttpServerRequest request, NodeSnapshot now) {
        String base = baseUrl.orElseGet(() -> BaseUrl.of(request));
        List<HipsProperties> records =
                now.listed().stream().map(survey -> listed(survey, base)).toList();
        return HipsList.write(records);
    }

    /** A survey that says where its home is says so in the list too; the others are at home here. */
    private static HipsProperties listed(ServedSurvey survey, String base) {
        HipsProperties list = survey.properties().list();
        return list.value("hips_service_url").isPresent()
                ? list
                : list.with("hips_service_url", base + "/" + WebAddress.encode(survey.path()));
    }

    private void sendViewerFile(HttpServerRequest request, String name) {
        if (name.equals(VIEWER) && viewer.isPresent()) {
            Path file = viewer.get();
            Path folder = file.toAbsolutePath().getParent();
            sendFile(request, folder == null ? Path.of("") : folder, String.valueOf(file.getFileName()));
        } else if (name.equals(VIEWER)) {
            // surveys' own pages ask here, since they cannot know what is configured
            send(request, Answers.elsewhere(viewerUrl), Buffer.buffer());
        } else if (PAGE_FILES.contains(name)) {
            sendText(
                    request,
                    name.endsWith(".js") ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8",
                    NodePage.resource(name));
        } else {
            refuse(request, new Resource.Refusal(404, "not found"));
        }
    }

    private void sendSurveyFile(HttpServerRequest request, Resource.SurveyFile file) {
        Optional<SurveyCache> cache = readThrough.at(file.survey().path());
        if (cache.isPresent()) {
            RemoteFiles.provide(vertx, request, cache.get(), file.name())
                    .onSuccess(found -> send(request, found, file.name()));
        } else {
            sendFile(request, file.survey().folder(), file.name());
        }
    }

    private void send(HttpServerRequest request, Provision found, String name) {
        if (found instanceof Provision.InFolder here) {
            // it may have been dropped from the cache just now: then it is not missing, only to be asked for again
            sendFile(request, here.folder(), name, new Resource.Refusal(503, "ask again"));
        } else if (found instanceof Provision.Unavailable unavailable) {
            request.response().putHeader("Retry-After", Integer.toString(unavailable.retrySeconds()));
            refuse(request, new Resource.Refusal(unavailable.status(), unavailable.reason()));
        } else {
            refuse(request, new Resource.Refusal(404, "not found"));
        }
    }

    private void sendFile(HttpServerRequest request, Path folder, String name) {
        sendFile(request, folder, name, new Resource.Refusal(404, "not found"));
    }

    private void sendFile(HttpServerRequest request, Path folder, String name, Resource.Refusal absent) {
        Conditions conditions = conditions(request);
        vertx.executeBlocking(() -> OpenedFile.open(folder, name), false)
                .onSuccess(found -> {
                    if (found.isEmpty()) {
                        refuse(request, absent);
                    } else {
                        Answer answer = Answers.file(found.get().facts(), conditions);
                        send(request, answer, found.get());
                    }
                })
                .onFailure(e -> {
                    LOG.error("a file cannot be read: file={} reason={}", folder.resolve(name), e.toString());
                    refuse(request, new Resource.Refusal(500, "the file cannot be read"));
                });
    }

    private static Conditions conditions(HttpServerRequest request) {
        return new Conditions(
                header(request, "If-Match"),
                header(request, "If-None-Match"),
                header(request, "If-Modified-Since"),
                header(request, "If-Unmodified-Since"),
                header(request, "If-Range"),
                header(request, "Range"),
                header(request, "Accept-Encoding"));
    }

    private static Optional<String> header(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    private static void sendText(HttpServerRequest request, String mediaType, byte[] text) {
        send(request, Answers.text(mediaType, text.length), Buffer.buffer(text));
    }

    private static void send(HttpServerRequest request, Answer answer, Buffer body) {
        HttpServerResponse response = begin(request, answer);
        if (hasBody(request, answer)) {
            response.end(body).onFailure(RequestHandler::clientWentAway);
        } else {
            response.end().onFailure(RequestHandler::clientWentAway);
        }
    }

    private static void send(HttpServerRequest request, Answer answer, OpenedFile file) {
        HttpServerResponse response = begin(request, answer);
        Future<Void> sent = hasBody(request, answer)
                ? response.sendFile(
                        file.channel(), answer.body().first(), answer.body().length())
                : response.end();
        sent.onFailure(RequestHandler::clientWentAway).onComplete(done -> close(file));
    }

    private static void close(OpenedFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("a file did not close: file={} reason={}", file.facts().name(), e.toString());
        }
    }

    private static HttpServerResponse begin(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response().setStatusCode(answer.status());
        Answers.ALWAYS.forEach(response::putHeader);
        answer.headers().forEach(response::putHeader);
        if (answer.status() != 204 && answer.status() != 304) {
            response.putHeader("Content-Length", Long.toString(answer.body().length()));
        }
        return response;
    }

    private static boolean hasBody(HttpServerRequest request, Answer answer) {
        return !request.method().equals(HttpMethod.HEAD) && answer.body().length() > 0;
    }

    private static void clientWentAway(Throwable e) {
        LOG.debug("a response was not sent whole: reason={}", e.toString());
    }
}
