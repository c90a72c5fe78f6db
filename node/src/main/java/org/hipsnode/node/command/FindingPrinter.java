package org.hipsnode.node.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hipsnode.check.Finding;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.io.JsonText;
import org.hipsnode.node.show.Terminal;

/** Prints findings about a target one by one, and counts the errors. */
final class FindingPrinter {
    private final String target;
    private final Terminal terminal;
    private final boolean json;
    private long errors;

    FindingPrinter(String target, Terminal terminal, CommonOptions common) {
        this.target = target;
        this.terminal = terminal;
        this.json = common.json;
    }

    void print(Finding finding) {
        errors += finding.severity() == Severity.ERROR ? 1 : 0;
        if (!json) {
            terminal.results().println(finding);
            return;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("target", target);
        values.put("severity", finding.severity());
        values.put("section", finding.section());
        values.put("object", finding.object());
        values.put("message", finding.message());
        terminal.results().println(JsonText.line(values));
    }

    long errors() {
        return errors;
    }
}
