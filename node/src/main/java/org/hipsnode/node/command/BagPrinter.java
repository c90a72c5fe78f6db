package org.hipsnode.node.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hipsnode.bag.BagReport;
import org.hipsnode.io.JsonText;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.node.show.Quantities;
import org.hipsnode.node.show.Terminal;

/** Tells what was put into a bag, or taken out of one. */
final class BagPrinter {
    private BagPrinter() {}

    static void print(Path made, BagReport report, Terminal terminal, boolean json) {
        if (json) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("target", made);
            values.put("files", report.files());
            values.put("bytes", report.bytes());
            report.content().ifPresent(content -> values.put("content", content));
            terminal.results().println(JsonText.line(values));
        } else {
            terminal.results()
                    .println(made + ": " + Quantities.count(report.files(), "file") + ", "
                            + Quantities.bytes((double) report.bytes())
                            + report.content()
                                    .map(content -> ", content " + content)
                                    .orElse(""));
        }
    }

    static int refuse(MalformedDataException e, Terminal terminal) {
        terminal.messages().println("hipsnode: " + e.getMessage());
        return ExitCode.DEFECTS;
    }
}
