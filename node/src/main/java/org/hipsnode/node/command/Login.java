package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.remote.Authorization;
import org.hipsnode.mirror.remote.Endpoint;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.mirror.transfer.Manners;
import org.hipsnode.node.config.Credential;

/** How far servers are read: with a credential the one that was named, all others without. */
final class Login {
    private final Manners manners;
    private final HttpFiles files;
    private final Optional<Shown> shown;

    /** A credential, and to whom it may be shown. */
    private record Shown(Authorization credential, Endpoint to) {}

    private Login(Manners manners, HttpFiles files, Optional<Shown> shown) {
        this.manners = manners;
        this.files = files;
        this.shown = shown;
    }

    /**
     * Prepares to read.
     *
     * @param credential file of the credential, if there is one
     * @param address on the server that it is for
     */
    static Login of(Manners manners, Optional<Path> credential, String address) throws IOException {
        HttpFiles files = new HttpFiles(manners.userAgent());
        if (credential.isEmpty()) {
            return new Login(manners, files, Optional.empty());
        }
        WebAddress to = RemoteSurveys.open(address, files).address();
        Authorization ours = Credential.read(credential.get(), to).authorization();
        Shown shown = new Shown(ours, Endpoint.of(to.uri()));
        return new Login(manners, files.showing(ours, to), Optional.of(shown));
    }

    HttpFiles files() {
        return files;
    }

    /** Returns how to come to a survey. */
    Host host(WebAddress survey) {
        Host host = Host.of(survey, manners.userAgent()).with(manners);
        return shown.filter(s -> s.to().equals(Endpoint.of(survey.uri())))
                .map(s -> host.with(s.credential()))
                .orElse(host);
    }
}
