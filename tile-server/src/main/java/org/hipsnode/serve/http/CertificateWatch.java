package org.hipsnode.serve.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices that a certificate was renewed, and has it used; one that cannot be read leaves the one before in use. */
final class CertificateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final long LOOK_MILLIS = 2_000;

    private final TlsFiles files;
    private final List<Listener> listeners;
    private final Vertx vertx;
    private List<FileTime> known;
    private String problem = "";

    private CertificateWatch(Vertx vertx, TlsFiles files, List<Listener> listeners) throws IOException {
        this.vertx = vertx;
        this.files = files;
        this.listeners = listeners;
        this.known = Tls.times(files);
    }

    static void begin(Vertx vertx, TlsFiles files, List<Listener> listeners) throws IOException {
        CertificateWatch watch = new CertificateWatch(vertx, files, listeners);
        vertx.setPeriodic(LOOK_MILLIS, timer -> watch.look());
    }

    private void look() {
        var unused = vertx.executeBlocking(this::isRenewed, true)
                .compose(renewed -> renewed ? renew() : Future.succeededFuture())
                .onFailure(this::tell);
    }

    /** Tells whether there are new files, which belong together. */
    private boolean isRenewed() throws IOException {
        List<FileTime> now = Tls.times(files);
        if (now.equals(known)) {
            return false;
        }
        known = now;
        Tls.requirePair(vertx, files);
        return true;
    }

    private Future<?> renew() {
        return Future.join(listeners.stream().map(l -> l.renew(files)).toList()).onSuccess(done -> {
            problem = "";
            LOG.info("the certificate was renewed: certificate={}", files.certificate());
        });
    }

    /** Says once what is wrong. */
    private void tell(Throwable e) {
        if (!problem.equals(e.toString())) {
            problem = e.toString();
            LOG.error(
                    "the certificate cannot be renewed, so the old one stays: certificate={} reason={}",
                    files.certificate(),
                    problem);
        }
    }
}
