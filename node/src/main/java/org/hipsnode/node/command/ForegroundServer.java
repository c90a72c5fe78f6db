package org.hipsnode.node.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hipsnode.io.JsonText;
import org.hipsnode.node.config.Installation;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.schedule.NodeWork;
import org.hipsnode.node.show.Quantities;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.serve.http.SurveyServer;

/** Runs a server in the foreground, and says where it can be reached once it can. */
final class ForegroundServer {
    private ForegroundServer() {}

    /** Serves until the process is asked to stop. */
    static void serve(NodeConfig config, Terminal terminal, CommonOptions common, Consumer<String> whenReady)
            throws IOException {
        try (SurveyServer server = SurveyServer.start(config.settings())) {
            Stop stop = Stop.onSignal(server);
            Hangup.outlive();
            print(config, server, terminal, common);
            whenReady.accept(address(config, server));
            stop.await();
        }
    }

    /** Serves until the process is asked to stop, and does meanwhile what the node has to do. */
    static void serve(NodeConfig config, Terminal terminal, CommonOptions common, NodeWork work) throws IOException {
        try (SurveyServer server = SurveyServer.start(config.settings(), work)) {
            Stop stop = Stop.onSignal(server, work::close);
            Hangup.answer(work::reload);
            print(config, server, terminal, common);
            work.start(server);
            stop.await();
        }
    }

    private static String address(NodeConfig config, SurveyServer server) {
        String host = config.host().equals("0.0.0.0") || config.host().equals("::") ? "localhost" : config.host();
        String scheme = config.options().tls().isPresent() ? "https" : "http";
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port() + "/";
    }

    private static void print(NodeConfig config, SurveyServer server, Terminal terminal, CommonOptions common) {
        String address = address(config, server);
        int surveys = server.snapshot().size();
        if (common.json) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("address", address);
            values.put("surveys", surveys);
            terminal.results().println(JsonText.line(values));
        } else {
            terminal.results().println(address);
        }
        terminal.results().flush();
        if (!common.quiet) {
            terminal.messages().printf("%s of %s, until Ctrl-C%n", Quantities.count(surveys, "survey"), config.data());
            if (Installation.viewer().isEmpty()) {
                terminal.messages()
                        .println("note: Aladin Lite is not part of this installation (npm was missing when it "
                                + "was built), so pages load it from " + config.viewerUrl());
            }
        }
    }
}
