package org.hipsnode.serve.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.ManifestNames;
import org.hipsnode.serve.access.Verdict;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.answer.Routes;
import org.hipsnode.serve.measure.Kind;
import org.hipsnode.serve.request.RequestPath;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.Release;
import org.hipsnode.serve.snapshot.ServedSurvey;

/** Takes a request, has it answered, and puts the answer on the wire; one for each event loop. */
final class RequestHandler implements Handler<HttpServerRequest> {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final Resource.Refusal AWAITED =
            new Resource.Refusal(503, "the origin of this survey has not been read yet");

    private final Vertx vertx;
    private final Site site;
    private final LoopState loop;
    private final TextSending texts;
    private final FileSending files;
    private final PushHandler pushes;
    private final NotifyHandler notices;

    RequestHandler(Vertx vertx, Site site, LoopState loop) {
        this.vertx = vertx;
        this.site = site;
        this.loop = loop;
        this.texts = new TextSending(vertx, site);
        this.files = new FileSending(vertx, site);
        this.pushes = new PushHandler(vertx, site);
        this.notices = new NotifyHandler(site.guard(), site.partners());
    }

    @Override
    public void handle(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, loop);
        if (!Hosts.isRight(request)) {
            exchange.isLast();
            exchange.refuse(Refusals.ONE_HOST);
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
                    resource instanceof Resource.Refusal && site.readThrough().isAwaited(path.segments(), now);
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
        Refusals.refuseInvalid(new Exchange(request, loop));
    }

    private void answer(Exchange exchange, Resource resource, NodeSnapshot now) {
        if (resource instanceof Resource.Guarded guarded) {
            site.guard()
                    .admit(exchange.request(), guarded.survey())
                    .onSuccess(verdict -> answer(exchange, verdict, guarded.content(), now));
        } else if (resource instanceof Resource.SurveyFile file) {
            exchange.isFor(Kind.of(file.name()));
            files.send(exchange, file);
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
            texts.send(exchange, document, now);
        } else if (resource instanceof Resource.ViewerFile file) {
            texts.sendViewerFile(exchange, file.name(), now);
        } else if (resource instanceof Resource.FileNames names) {
            sendNames(exchange, names.survey());
        } else if (resource instanceof Resource.Metrics) {
            byte[] metrics = site.metrics().scrape().getBytes(StandardCharsets.UTF_8);
            exchange.send(Answers.fleeting(200, PROMETHEUS, metrics.length), Buffer.buffer(metrics));
        } else if (resource instanceof Resource.Health health) {
            sendHealth(exchange, health.ready());
        }
    }

    private void sendNames(Exchange exchange, ServedSurvey survey) {
        Optional<ManifestNames> names = survey.release().flatMap(Release::names);
        if (names.isPresent()) {
            exchange.send(
                    Answers.names(),
                    () -> NamePump.send(vertx, names.get(), exchange.request().response()));
        } else {
            exchange.refuse(Resource.Refusal.NOT_FOUND);
        }
    }

    private void sendHealth(Exchange exchange, boolean askedIfReady) {
        boolean well = !askedIfReady || site.isReady();
        Buffer body = Buffer.buffer(well ? "ok\n" : "ending\n");
        exchange.send(Answers.fleeting(well ? 200 : 503, TEXT, body.length()), body);
    }
}
