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
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.answer.Answer;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.answer.Routes;
import org.hipsnode.serve.api.Addresses;
import org.hipsnode.serve.page.Shell;
import org.hipsnode.serve.request.Conditions;
import org.hipsnode.serve.request.RequestPath;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a request, has it answered, and puts the answer on the wire. */
final class RequestHandler implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final String VIEWER = "aladin.js";
    private static final Map<String, String> PAGE_FILES = Map.of(
            "node.js", "text/javascript; charset=utf-8",
            "node.css", "text/css; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final Vertx vertx;
    private final Supplier<NodeSnapshot> snapshot;
    private final Documents documents;
    private final Optional<Path> viewer;
    private final String viewerUrl;
    private final Optional<String> baseUrl;

    RequestHandler(Vertx vertx, ServerSettings settings, Supplier<NodeSnapshot> snapshot) {
        this.vertx = vertx;
        this.snapshot = snapshot;
        this.viewer = settings.bundledViewer();
        this.viewerUrl = settings.viewerUrl();
        this.baseUrl = settings.baseUrl();
        this.documents = new Documents(shell(settings));
    }

    private static Shell shell(ServerSettings settings) {
        return settings.bundledViewer().isPresent()
                ? new Shell(settings.title(), "/viewer/" + VIEWER, "")
                : new Shell(
                        settings.title(),
                        settings.viewerUrl(),
                        "Aladin Lite is not part of this installation, so it is loaded from " + settings.viewerUrl());
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            send(request, Answers.options(), Buffer.buffer());
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            send(request, Answers.methodNotAllowed(), Buffer.buffer());
        } else {
            NodeSnapshot now = snapshot.get();
            answer(request, Routes.resolve(RequestPath.parse(request.uri()), now), now);
        }
    }

    /** Answers what is no HTTP request. */
    void refuseInvalid(HttpServerRequest request) {
        boolean tooLong = request.decoderResult().cause() instanceof TooLongHttpLineException;
        refuse(request, new Resource.Refusal(tooLong ? 414 : 400, "not a request that can be understood"));
    }

    private void answer(HttpServerRequest request, Resource resource, NodeSnapshot now) {
        if (resource instanceof Resource.SurveyFile file) {
            sendFile(request, file.survey().folder(), file.name());
        } else if (resource instanceof Resource.ViewerFile file) {
            sendViewerFile(request, file.name());
        } else if (resource instanceof Resource.Document document) {
            sendDocument(request, document, now);
        } else if (resource instanceof Resource.FolderWithoutSlash folder) {
            send(request, Answers.moved("/" + WebAddress.encode(folder.path()) + "/"), Buffer.buffer());
        } else if (resource instanceof Resource.Refusal refusal) {
            refuse(request, refusal);
        }
    }

    private void refuse(HttpServerRequest request, Resource.Refusal refusal) {
        send(request, Answers.refusal(refusal), Buffer.buffer(refusal.reason()));
    }

    /** Some look into a survey's folder, so none is made on an event loop. */
    private void sendDocument(HttpServerRequest request, Resource.Document document, NodeSnapshot now) {
        Addresses addresses = new Addresses(baseUrl.orElseGet(() -> BaseUrl.of(request)));
        Optional<String> query = Optional.ofNullable(request.query());
        vertx.executeBlocking(() -> documents.make(document, now, addresses, query), false)
                .onSuccess(made -> {
                    if (made.isPresent()) {
                        Buffer body = made.get().body();
                        send(request, Answers.text(made.get().mediaType(), body.length()), body);
                    } else {
                        refuse(request, new Resource.Refusal(404, "not found"));
                    }
                })
                .onFailure(e -> {
                    LOG.warn("a document cannot be made: document={} reason={}", document, e.toString());
                    refuse(request, new Resource.Refusal(500, "cannot be made"));
                });
    }

    private void sendViewerFile(HttpServerRequest request, String name) {
        if (name.equals(VIEWER) && viewer.isPresent()) {
            Path file = viewer.get();
            Path folder = file.toAbsolutePath().getParent();
            sendFile(request, folder == null ? Path.of("") : folder, String.valueOf(file.getFileName()));
        } else if (name.equals(VIEWER)) {
            // surveys' own pages ask here, since they cannot know what is configured
            send(request, Answers.elsewhere(viewerUrl), Buffer.buffer());
        } else if (PAGE_FILES.containsKey(name)) {
            sendText(request, PAGE_FILES.getOrDefault(name, ""), Shell.resource(name));
        } else {
            refuse(request, new Resource.Refusal(404, "not found"));
        }
    }

    private void sendFile(HttpServerRequest request, Path folder, String name) {
        Conditions conditions = conditions(request);
        vertx.executeBlocking(() -> OpenedFile.open(folder, name), false)
                .onSuccess(found -> {
                    if (found.isEmpty()) {
                        refuse(request, new Resource.Refusal(404, "not found"));
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
