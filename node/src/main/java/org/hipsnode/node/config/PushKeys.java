package org.hipsnode.node.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.mirror.pull.MirrorPolicy;

/** The keys below {@code pushes}: for each node to which surveys are pushed, by its address, which and how. */
final class PushKeys {
    private static final Duration USUAL = Duration.ofHours(1);
    private static final int USUAL_CONNECTIONS = 8;
    private static final int MOST_CONNECTIONS = 64;

    private PushKeys() {}

    static List<PushPartner> read(YamlMap node, Path file) throws ConfigException {
        List<PushPartner> found = new ArrayList<>();
        var partners = node.map("pushes");
        if (partners.isPresent()) {
            for (String address : List.copyOf(partners.get().keys())) {
                found.add(partner(partners.get(), address, file));
            }
        }
        return found;
    }

    private static PushPartner partner(YamlMap partners, String address, Path file) throws ConfigException {
        YamlMap keys = NotifyKeys.keys(partners, address);
        PushPartner partner = new PushPartner(
                NotifyKeys.address(partners, address),
                NotifyKeys.requiredCredential(partners, address, keys, file),
                NotifyKeys.surveys(keys),
                new PushPartner.Times(
                        MirrorKeys.duration(keys, "every").orElse(USUAL),
                        MirrorKeys.hours(keys).orElse(Hours.ALWAYS)),
                keys.integer("connections", 1, MOST_CONNECTIONS).orElse(USUAL_CONNECTIONS),
                keys.integer("max-delete", 0, 100).orElse((int) MirrorPolicy.USUAL_PERCENT),
                ReceiveKeys.acceptsDefects(keys));
        keys.finish();
        return partner;
    }
}
