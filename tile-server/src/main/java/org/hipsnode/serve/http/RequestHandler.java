package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.ManifestNames;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.serve.access.Verdict;
import org.hipsnode.serve.answer.Answer;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.answer.Routes;
import org.hipsnode.serve.api.Addresses;
import org.hipsnode.serve.measure.Kind;
import org.hipsnode.serve.origin.Provision;
import org.hipsnode.serve.origin.SurveyCache;
import org.hipsnode.serve.page.Shell;
import org.hipsnode.serve.request.Conditions;
import org.hipsnode.serve.request.RequestPath;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.Release;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a request, has it answered, and puts the answer on the wire; one for each event loop. */
final class RequestHandler implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String VIEWER = "aladin.js";
    private static final Map<String, String> PAGE_FILES =
            Map.of("node.js", SCRIPT, "node.css", "text/css; charset=utf-8", "icon.svg", "image/svg+xml");

    private static final Resource.Refusal NOT_FOUND = new Resource.Refusal(404, "not found");

    private static final Resource.Refusal AWAITED =
            new Resource.Refusal(503, "the origin of this survey has not been read yet");

    /** No path of a request has a space in it. */
    private static final String GUARDED = "guarded ";

    private final Vertx vertx;
    private final Context context;
    private final Site site;
    private final LoopState loop;
    private final Texts texts;
    private final Documents documents;
    private final PushHandler pushes;
    private final NotifyHandler notices;

    RequestHandler(Vertx vertx, Site site, LoopState loop) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.site = site;
        this.loop = loop;
        this.texts = new Texts(site.watch().snapshot());
        this.documents = new Documents(site.shell(), site.partners());
        this.pushes = new PushHandler(vertx, site);
        this.notices = new NotifyHandler(site.guard(), site.partners());
    }

    @Override
    public void handle(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, loop);
        if (!Hosts.isRight(request)) {
            exchange.isLast();
            exchange.refuse(new Resource.Refusal(400, "expected one Host"));
        } else if (!isForTheOperator(request) && !site.limiter().allows(Exchange.client(request))) {
            exchange.refuse(new Resource.Refusal(429, "too many requests: wait a second"));
        } else if (pushes.handles(exchange) || notices.handles(exchange)) {
            exchange.isFor(Kind.NODE);
        } else if (hasBody(request)) {
            exchange.isLast();
            exchange.refuse(new Resource.Refusal(413, "nothing here takes a body"));
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            preflight(exchange);
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            exchange.send(Answers.methodNotAllowed(), Buffer.buffer());
        } else {
            NodeSnapshot now = site.watch().snapshot();
            RequestPath path = RequestPath.parse(request.uri());
            Resource resource = Routes.resolve(path, now);
            boolean awaited =
                    resource instanceof Resource.Refusal && site.readThrough().isAwaited(path.segments());
            answer(exchange, awaited ? AWAITED : resource, now);
        }
    }

    /** Who looks after the node must be answered however busy visitors are. */
    private static boolean isForTheOperator(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        return path.startsWith("/health/") || path.equals("/metrics");
    }

    /** For a private survey, a page of some origins only may bring a credential. */
    private void preflight(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        NodeSnapshot now = site.watch().snapshot();
        if (Routes.resolve(RequestPath.parse(request.uri()), now) instanceof Resource.Guarded) {
            site.guard().hide(request);
        }
        exchange.send(Answers.options(), Buffer.buffer());
    }

    /** What would have to be read before the next request: it is not, since nothing takes it. */
    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    }

    /** Answers what is no HTTP request. */
    void refuseInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        Exchange exchange = new Exchange(request, loop);
        exchange.isLast();
        exchange.refuse(new Resource.Refusal(status, "not a request that can be understood"));
    }

    private void answer(Exchange exchange, Resource resource, NodeSnapshot now) {
        if (resource instanceof Resource.Guarded guarded) {
            site.guard()
                    .admit(exchange.request(), guarded.survey())
                    .onSuccess(verdict -> answer(exchange, verdict, guarded.content(), now));
        } else if (resource instanceof Resource.SurveyFile file) {
            exchange.isFor(Kind.of(file.name()));
            sendSurveyFile(exchange, file);
        } else if (resource instanceof Resource.Refusal refusal) {
            exchange.refuse(refusal);
        } else if (resource instanceof Resource.FolderWithoutSlash folder) {
            exchange.send(Answers.moved("/" + WebAddress.encode(folder.path()) + "/"), Buffer.buffer());
        } else {
            exchange.isFor(Kind.NODE);
            answerForNode(exchange, resource, now);
        }
    }

    private void answer(Exchange exchange, Verdict verdict, Resource content, NodeSnapshot now) {
        answer(
                exchange,
                verdict == Verdict.GRANTED ? content : new Resource.Refusal(verdict.status(), verdict.reason()),
                now);
    }

    private void answerForNode(Exchange exchange, Resource resource, NodeSnapshot now) {
        if (resource instanceof Resource.Document document) {
            sendDocument(exchange, document, now);
        } else if (resource instanceof Resource.ViewerFile file) {
            sendViewerFile(exchange, file.name(), now);
        } else if (resource instanceof Resource.FileNames names) {
            sendNames(exchange, names.survey());
        } else if (resource instanceof Resource.Metrics) {
            byte[] metrics = site.metrics().scrape().getBytes(StandardCharsets.UTF_8);
            exchange.send(Answers.fleeting(200, PROMETHEUS, metrics.length), Buffer.buffer(metrics));
        } else if (resource instanceof Resource.Health health) {
            sendHealth(exchange, health.ready());
        }
    }

    private void sendDocument(Exchange exchange, Resource.Document document, NodeSnapshot now) {
        HttpServerRequest request = exchange.request();
        Addresses addresses = new Addresses(site.baseUrl().orElseGet(() -> BaseUrl.of(request)));
        Optional<String> query = Optional.ofNullable(request.query());
        Optional<String> key = isKept(document, query)
                ? Optional.of(addresses.base() + request.path() + state(document))
                : Optional.empty();
        sendText(exchange, now, key, () -> documents.make(document, now, addresses, query));
    }

    /** The node's page tells how copies are; no path has a space in it. */
    private String state(Resource.Document document) {
        return document instanceof Resource.NodePage ? " " + site.partners().changes() : "";
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
                        exchange.refuse(NOT_FOUND);
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

    private void sendNames(Exchange exchange, ServedSurvey survey) {
        Optional<ManifestNames> names = survey.release().flatMap(Release::names);
        if (names.isPresent()) {
            exchange.send(
                    Answers.names(),
                    () -> NamePump.send(vertx, names.get(), exchange.request().response()));
        } else {
            exchange.refuse(NOT_FOUND);
        }
    }

    private void sendHealth(Exchange exchange, boolean askedIfReady) {
        boolean well = !askedIfReady || site.isReady();
        Buffer body = Buffer.buffer(well ? "ok\n" : "ending\n");
        exchange.send(Answers.fleeting(well ? 200 : 503, TEXT, body.length()), body);
    }

    private void sendViewerFile(Exchange exchange, String name, NodeSnapshot now) {
        Optional<byte[]> viewer = site.viewer();
        if (name.equals(VIEWER) && viewer.isPresent()) {
            sendProgramFile(exchange, now, name, SCRIPT, viewer::get);
        } else if (name.equals(VIEWER)) {
            // surveys' own pages ask here, since they cannot know what is configured
            exchange.send(Answers.elsewhere(site.viewerUrl()), Buffer.buffer());
        } else if (PAGE_FILES.containsKey(name)) {
            sendProgramFile(exchange, now, name, PAGE_FILES.getOrDefault(name, ""), () -> Shell.resource(name));
        } else {
            exchange.refuse(NOT_FOUND);
        }
    }

    private void sendProgramFile(
            Exchange exchange, NodeSnapshot now, String name, String mediaType, Callable<byte[]> content) {
        sendText(exchange, now, Optional.of(name), () -> Documents.made(mediaType, content.call()));
    }

    private void sendSurveyFile(Exchange exchange, Resource.SurveyFile file) {
        Optional<SurveyCache> cache = site.readThrough().at(file.survey().path());
        if (cache.isPresent()) {
            RemoteFiles.provide(vertx, exchange.request(), cache.get(), file.name())
                    .onSuccess(found -> send(exchange, found, file.name()));
        } else {
            send(exchange, file.name(), find(file), NOT_FOUND);
        }
    }

    /** What is at hand of private surveys has names that no request has: a request for it must pass the guard first. */
    private CompletableFuture<Optional<ServedFile>> find(Resource.SurveyFile file) {
        String path = "/" + WebAddress.encode(file.survey().path() + "/" + file.name());
        return site.shelf().find(file.survey(), file.survey().isPrivate() ? GUARDED + path : path, file.name());
    }

    private void send(Exchange exchange, Provision found, String name) {
        if (found instanceof Provision.InFolder here) {
            // it may have been dropped from the cache just now: then it is not missing, only to be asked for again
            send(exchange, name, site.shelf().findOnce(here.folder(), name), new Resource.Refusal(503, "ask again"));
        } else if (found instanceof Provision.Unavailable unavailable) {
            exchange.request().response().putHeader("Retry-After", Integer.toString(unavailable.retrySeconds()));
            exchange.refuse(new Resource.Refusal(unavailable.status(), unavailable.reason()));
        } else {
            exchange.refuse(NOT_FOUND);
        }
    }

    private void send(
            Exchange exchange, String name, CompletableFuture<Optional<ServedFile>> found, Resource.Refusal absent) {
        if (found.isDone()) {
            sendFound(exchange, name, found, absent);
        } else {
            var unused = found.whenComplete(
                    (file, failure) -> context.runOnContext(go -> sendFound(exchange, name, found, absent)));
        }
    }

    private void sendFound(
            Exchange exchange, String name, CompletableFuture<Optional<ServedFile>> found, Resource.Refusal absent) {
        if (found.isCompletedExceptionally()) {
            LOG.error("a file cannot be read: file={} reason={}", name, reason(found));
            exchange.refuse(new Resource.Refusal(500, "the file cannot be read"));
        } else if (found.join().isEmpty()) {
            exchange.refuse(absent);
        } else {
            sendOpen(exchange, found.join().get());
        }
    }

    private static String reason(CompletableFuture<?> failed) {
        @Nullable Throwable[] cause = new Throwable[1];
        var unused = failed.handle((value, failure) -> cause[0] = failure);
        return String.valueOf(cause[0]);
    }

    /** Sends a file, and drops it when that is done. */
    private void sendOpen(Exchange exchange, ServedFile file) {
        Conditions conditions = exchange.conditions();
        Optional<ByteBuf> coded = file.coded();
        boolean sendsCoded = Answers.isCoded(file.facts(), conditions) && coded.isPresent();
        long codedSize = coded.map(ByteBuf::readableBytes)
                .map(Integer::longValue)
                .orElse(file.facts().size());
        Answer answer = Answers.file(file.facts(), codedSize, conditions);
        ByteBuf memory = sendsCoded ? coded.get() : file.memory();
        exchange.send(answer, () -> {
                    FileChannel channel = file.channel();
                    return memory == null && channel != null
                            ? FilePump.send(
                                    vertx,
                                    channel,
                                    answer.body(),
                                    exchange.request().response())
                            : exchange.request().response().end(part(memory, answer));
                })
                .onComplete(done -> file.drop());
    }

    private static Buffer part(@Nullable ByteBuf memory, Answer answer) {
        return memory == null
                ? Buffer.buffer()
                : BufferInternal.buffer(memory.slice(
                        (int) answer.body().first(), (int) answer.body().length()));
    }
}
