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
    private List<FileTime> known;

    private CertificateWatch(TlsFiles files, List<Listener> listeners) throws IOException {
        this.files = files;
        this.listeners = listeners;
        this.known = Tls.times(files);
    }

    static void begin(Vertx vertx, TlsFiles files, List<Listener> listeners) throws IOException {
        CertificateWatch watch = new CertificateWatch(files, listeners);
        vertx.setPeriodic(LOOK_MILLIS, timer -> {
            var unused = vertx.executeBlocking(() -> Tls.times(files), true).onComplete(times -> {
                if (times.succeeded()) {
                    watch.look(times.result());
                }
            });
        });
    }

    private void look(List<FileTime> now) {
        if (now.equals(known)) {
            return;
        }
        known = now;
        var unused = Future.join(listeners.stream().map(l -> l.renew(files)).toList())
                .onFailure(e -> LOG.error(
                        "the new certificate cannot be used, so the old one stays: certificate={} reason={}",
                        files.certificate(),
                        e.toString()))
                .onSuccess(done -> LOG.info("the certificate was renewed: certificate={}", files.certificate()));
    }
}
