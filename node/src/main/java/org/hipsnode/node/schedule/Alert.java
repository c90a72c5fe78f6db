package org.hipsnode.node.schedule;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The operator's command that is run when a mirror fails or a survey is damaged; what it is told is in its environment, never in its text. */
final class Alert {
    private static final long MOST_SECONDS = 60;

    private final List<String> command;

    /**
     * Prepares an alert.
     *
     * @param command program and arguments; none for no alert
     */
    Alert(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** Runs the command, and ends it after a minute; what it complains of goes where the node's messages go. */
    void tell(String survey, String result, String message) throws IOException, InterruptedException {
        if (command.isEmpty()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "HIPSNODE_SURVEY", survey,
                        "HIPSNODE_MIRROR", survey,
                        "HIPSNODE_RESULT", result,
                        "HIPSNODE_MESSAGE", message));
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("'" + command.get(0) + "' was ended: it took more than " + MOST_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("'" + command.get(0) + "': expected exit code 0, found " + process.exitValue());
        }
    }
}
