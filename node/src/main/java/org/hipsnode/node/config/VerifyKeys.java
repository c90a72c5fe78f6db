package org.hipsnode.node.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.io.WebAddress;
import org.hipsnode.store.FileName;

/** The keys of {@code node.yaml} that say how often surveys are verified, and from where they are repaired. */
final class VerifyKeys {
    static final String EVERY = "verify-every";
    private static final String RATE = "verify-rate";
    private static final String FROM = "repair-from";

    /** With less a single tile would take seconds, and so would a node to end. */
    private static final long LEAST_RATE = 100_000;

    private VerifyKeys() {}

    /**
     * Reads the keys.
     *
     * @param every what the node says of all surveys
     * @param ofMirrors what mirrors say of themselves
     * @param mirrors their paths
     */
    static Verifying read(YamlMap node, Optional<Duration> every, Map<String, Duration> ofMirrors, Set<String> mirrors)
            throws ConfigException {
        return new Verifying(every, ofMirrors, rate(node), repairFrom(node, mirrors));
    }

    private static Optional<Long> rate(YamlMap node) throws ConfigException {
        Optional<String> text = node.text(RATE);
        Optional<Long> bytes = text.flatMap(ByteSize::parse).filter(b -> b >= LEAST_RATE);
        if (text.isPresent() && bytes.isEmpty()) {
            throw node.wrong(RATE, "bytes a second, 100 kB or more, such as 20 MB", text.get());
        }
        return bytes;
    }

    private static Map<String, WebAddress> repairFrom(YamlMap node, Set<String> mirrors) throws ConfigException {
        Map<String, WebAddress> found = new HashMap<>();
        Optional<YamlMap> copies = node.map(FROM);
        if (copies.isPresent()) {
            for (String path : List.copyOf(copies.get().keys())) {
                found.put(path, copy(copies.get(), path, mirrors));
            }
        }
        return found;
    }

    private static WebAddress copy(YamlMap copies, String path, Set<String> mirrors) throws ConfigException {
        if (!FileName.isValid(path) || path.startsWith(".") || mirrors.contains(path)) {
            throw copies.wrong(path, "the path of a survey that is no mirror, such as planck/co, as key", path);
        }
        String address = copies.requireText(path);
        return WebAddress.parse(address)
                .filter(a -> !a.hasQuery())
                .orElseThrow(() -> copies.wrong(
                        path, WebAddress.EXPECTED + " and without query", WebAddress.withoutSecrets(address)));
    }
}
