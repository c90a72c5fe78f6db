package org.hipsnode.mirror.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.WebAddress;

/** The lock file beside definitions: what each file from afar was when it was first fetched. */
public final class PinFile {
    /** Its name. */
    public static final String NAME = "sources.lock";

    private static final int MAX_BYTES = 1 << 22;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\d{1,18}) (\\S+)");
    private static final String HEAD =
            "# What each source was when it was first fetched: sha256, bytes, address. Keep it with the definitions.\n";

    private final Path file;

    /** Names the lock file of a folder of definitions. */
    public PinFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    Path file() {
        return file;
    }

    /** Returns what is pinned for any of the addresses of a file. */
    public Optional<Pin> pin(List<WebAddress> addresses) throws IOException {
        Map<String, Pin> pins = read();
        return addresses.stream()
                .map(address -> address.uri().toString())
                .filter(pins::containsKey)
                .map(pins::get)
                .findFirst();
    }

    /** Pins a file at its first address. */
    void add(List<WebAddress> addresses, Pin pin) throws IOException {
        Map<String, Pin> pins = read();
        pins.put(addresses.get(0).uri().toString(), pin);
        StringBuilder text = new StringBuilder(HEAD);
        pins.forEach((address, known) -> text.append(known.sha256())
                .append(' ')
                .append(known.bytes())
                .append(' ')
                .append(address)
                .append('\n'));
        AtomicFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, Pin> read() throws IOException {
        Map<String, Pin> pins = new TreeMap<>();
        if (!Files.exists(file)) {
            return pins;
        }
        String text = new String(BoundedReads.readFile(file, MAX_BYTES), StandardCharsets.UTF_8);
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line.trim());
            if (!matcher.matches()) {
                throw new ConfigException("'" + file + "' line " + number
                        + ": expected sha256, bytes and address, found other words; mend or remove the line");
            }
            pins.put(matcher.group(3), new Pin(matcher.group(1), Long.parseLong(matcher.group(2))));
        }
        return pins;
    }
}
