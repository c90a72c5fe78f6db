package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hipsnode.bag.BagReport;
import org.hipsnode.io.JsonText;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.node.show.Quantities;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;

/** Tells what was put into a bag, or taken out of one. */
final class BagPrinter {
    private BagPrinter() {}

    /**
     * Puts a survey into a bag or takes it out, and tells of it.
     *
     * @param made what is made
     * @return the exit code: what is not as it says it is is refused
     */
    static int tell(
            Path made, Terminal terminal, CommonOptions common, Progress progress, WatchedWork.Work<BagReport> work)
            throws IOException {
        try {
            print(made, WatchedWork.run(progress, terminal, common.quiet, work), terminal, common.json);
            return ExitCode.DONE;
        } catch (MalformedDataException e) {
            terminal.messages().println("hipsnode: " + e.getMessage());
            return ExitCode.DEFECTS;
        }
    }

    private static void print(Path made, BagReport report, Terminal terminal, boolean json) {
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
}
