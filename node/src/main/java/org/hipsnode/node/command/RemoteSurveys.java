package org.hipsnode.node.command;

import org.hipsnode.config.ConfigException;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.remote.RemoteStore;

/** Opens surveys on far servers. */
final class RemoteSurveys {
    private RemoteSurveys() {}

    /** Opens one for those who may not speak to servers themselves. */
    static RemoteStore open(String url) throws ConfigException {
        return open(url, new HttpFiles(Version.NAME + " (generate)"));
    }

    static RemoteStore open(String url, HttpFiles files) throws ConfigException {
        WebAddress address = WebAddress.parse(url)
                .orElseThrow(() -> new ConfigException(
                        "expected " + WebAddress.EXPECTED + ", found '" + WebAddress.withoutSecrets(url) + "'"));
        return new RemoteStore(address, files);
    }
}
