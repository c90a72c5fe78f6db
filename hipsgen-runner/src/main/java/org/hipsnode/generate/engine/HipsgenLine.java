package org.hipsnode.generate.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that Hipsgen wrote, taken apart. Any text is a line; what it does not know is {@link Kind#OTHER}.
 *
 * @param text what it says, without prefix, colours and control characters
 * @param fraction how much of the action is done, 0 to 1; 0 where the line does not tell
 */
record HipsgenLine(Kind kind, String text, double fraction) {
    enum Kind {
        /** An action begins; the text is its name. */
        ACTION,
        PROGRESS,
        /** All actions are done. */
        END,
        ERROR,
        ABORT,
        /** The first line of a Java stack trace. */
        EXCEPTION,
        OTHER
    }

    /** ECMA-48 §5.4, as terminals are told colours. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]");

    /** A sign of life each second, which may stand before anything. */
    private static final Pattern HEARTBEAT = Pattern.compile("^[. ]+");

    private static final Pattern PREFIX =
            Pattern.compile("^(RUN|STAT|DONE|INFO|OPTION|\\*WARN\\*|\\*ERROR|ABORT) *: ?");
    private static final Pattern ACTION_NAME = Pattern.compile("=+ *([A-Z][A-Z0-9]{0,30}) *=+");
    private static final Pattern COUNT = Pattern.compile("^(\\d{1,15})/(\\d{1,15}) ");
    private static final Pattern PERCENT = Pattern.compile("^(\\d{1,3}(?:\\.\\d{1,5})?)% ");
    private static final Pattern EXCEPTION =
            Pattern.compile("^(?:Exception in thread \"[^\"]*\" )?[a-z]\\w*\\.[\\w.$]*(?:Exception|Error)(?::.*)?");

    static HipsgenLine parse(String raw) {
        String plain =
                COLOUR.matcher(raw).replaceAll("").replaceAll("\\p{Cntrl}", " ").stripTrailing();
        String line = HEARTBEAT.matcher(plain).replaceFirst("");
        Matcher prefix = PREFIX.matcher(line);
        if (!prefix.find()) {
            return new HipsgenLine(EXCEPTION.matcher(line).matches() ? Kind.EXCEPTION : Kind.OTHER, line, 0);
        }
        String text = line.substring(prefix.end()).strip();
        return switch (prefix.group(1)) {
            case "RUN" -> action(text);
            case "STAT" -> progress(text);
            case "DONE" -> done(text);
            case "*ERROR" -> new HipsgenLine(Kind.ERROR, text, 0);
            case "ABORT" -> new HipsgenLine(Kind.ABORT, text.replaceAll("^=+ *\\(?|[ =]+$", ""), 0);
            default -> new HipsgenLine(Kind.OTHER, text, 0);
        };
    }

    private static HipsgenLine action(String text) {
        Matcher name = ACTION_NAME.matcher(text);
        return name.matches() ? new HipsgenLine(Kind.ACTION, name.group(1), 0) : new HipsgenLine(Kind.OTHER, text, 0);
    }

    private static HipsgenLine progress(String text) {
        Matcher count = COUNT.matcher(text);
        if (count.find() && Long.parseLong(count.group(2)) > 0) {
            return progress(text, (double) Long.parseLong(count.group(1)) / Long.parseLong(count.group(2)));
        }
        Matcher percent = PERCENT.matcher(text);
        return percent.find()
                ? progress(text, Double.parseDouble(percent.group(1)) / 100)
                : new HipsgenLine(Kind.OTHER, text, 0);
    }

    private static HipsgenLine progress(String text, double fraction) {
        return new HipsgenLine(Kind.PROGRESS, text, Math.min(1, fraction));
    }

    private static HipsgenLine done(String text) {
        if (text.startsWith("===") && text.contains("THE END")) {
            return new HipsgenLine(Kind.END, text, 1);
        }
        return text.matches("[A-Z][A-Z0-9]* done\\b.*") ? progress(text, 1) : new HipsgenLine(Kind.OTHER, text, 0);
    }
}
