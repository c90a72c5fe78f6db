package org.hipsnode.node.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.access.SurveyPattern;

/** The keys below {@code notify}: for each node that is told of new releases, by its address, how. */
final class NotifyKeys {
    private static final String KEY = "credential-file";

    private NotifyKeys() {}

    static List<NotifiedPartner> read(YamlMap node, Path file) throws ConfigException {
        Optional<YamlMap> partners = node.map("notify");
        List<NotifiedPartner> found = new ArrayList<>();
        if (partners.isPresent()) {
            for (String address : List.copyOf(partners.get().keys())) {
                found.add(partner(partners.get(), address, file));
            }
        }
        return found;
    }

    private static NotifiedPartner partner(YamlMap partners, String address, Path file) throws ConfigException {
        WebAddress to = address(partners, address);
        YamlMap keys = keys(partners, address);
        NotifiedPartner partner =
                new NotifiedPartner(to, requiredCredential(partners, address, keys, file), surveys(keys));
        keys.finish();
        return partner;
    }

    /** Reads a key that is the address of a node. */
    static WebAddress address(YamlMap partners, String address) throws ConfigException {
        return WebAddress.parse(address)
                .filter(a -> !a.hasQuery())
                .orElseThrow(() -> partners.wrong(
                        WebAddress.withoutSecrets(address),
                        WebAddress.EXPECTED + " and without query as key",
                        WebAddress.withoutSecrets(address)));
    }

    /** Reads what is said of a node. */
    static YamlMap keys(YamlMap partners, String address) throws ConfigException {
        return partners.map(address)
                .orElseThrow(() -> partners.wrong(
                        WebAddress.withoutSecrets(address), "keys credential-file and surveys", "nothing"));
    }

    /** Reads where the credential for a node is, which must be said. */
    static Path requiredCredential(YamlMap partners, String address, YamlMap keys, Path file) throws ConfigException {
        return credential(keys, file)
                .orElseThrow(() -> partners.wrong(address, "a key " + KEY + ", since nobody is heard without", "none"));
    }

    /** Reads which surveys are meant; empty if that is not said. */
    static Optional<List<SurveyPattern>> surveys(YamlMap keys) throws ConfigException {
        List<SurveyPattern> found = new ArrayList<>();
        for (String text : keys.texts("surveys")) {
            found.add(SurveyPattern.parse(text)
                    .filter(pattern -> !pattern.text().startsWith("ivo:"))
                    .orElseThrow(() -> keys.wrong(
                            "surveys",
                            "paths of surveys such as planck/co, or the start of one with '*' at its end",
                            text)));
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /** Reads where a credential is, which counts from the configuration's folder. */
    static Optional<Path> credential(YamlMap keys, Path file) throws ConfigException {
        Optional<String> text = keys.text(KEY);
        try {
            return text.map(file.toAbsolutePath()::resolveSibling);
        } catch (InvalidPathException e) {
            throw keys.wrong(KEY, "a file", text.orElse(""));
        }
    }
}
