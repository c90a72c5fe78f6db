package org.hipsnode.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.hipsnode.io.BoundedReads;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of a YAML file that must be read whole: each accessor marks its key as known, and {@link #finish} refuses those
 * that are left, naming the nearest known one.
 */
public final class YamlMap {
    private static final int MAX_BYTES = 1 << 20;

    /** Far more than any configuration needs, and far less than exhausts the stack of the recursive composer. */
    private static final int MAX_NESTING = 50;

    /** The words of YAML 1.2 for no value, when they are not quoted (core schema, §10.3.2). */
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final String file;
    private final String path;
    private final Map<String, Node> values;
    private final Map<String, String> places;
    private final Set<String> known = new LinkedHashSet<>();

    private YamlMap(String file, String path, Map<String, Node> values, Map<String, String> places) {
        this.file = file;
        this.path = path;
        this.values = values;
        this.places = places;
    }

    /** Reads the one document of a file. */
    public static YamlMap read(Path file) throws IOException {
        try {
            ByteBuffer content = ByteBuffer.wrap(BoundedReads.readFile(file, MAX_BYTES));
            return parse(StandardCharsets.UTF_8.newDecoder().decode(content).toString(), file.toString());
        } catch (NoSuchFileException e) {
            throw new ConfigException(
                    "'" + file + "': expected a file of YAML, found nothing: look at its name and folder", e);
        } catch (CharacterCodingException e) {
            throw new ConfigException("'" + file + "': expected UTF-8, found other bytes", e);
        }
    }

    /**
     * Reads the one document of a text.
     *
     * @param file name for messages
     */
    public static YamlMap parse(String text, String file) throws ConfigException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setMaxAliasesForCollections(50)
                .setAllowRecursiveKeys(false)
                .build();
        try {
            requireShallow(new Parse(settings).parseString(text), file);
            Node root = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new ConfigException("'" + file + "': expected keys and values, found nothing"));
            return of(root, file, "");
        } catch (MarkedYamlEngineException e) {
            String place =
                    e.getProblemMark().map(m -> " line " + (m.getLine() + 1)).orElse("");
            throw new ConfigException("'" + file + "'" + place + ": expected YAML, found: " + e.getProblem(), e);
        } catch (YamlEngineException | NumberFormatException e) {
            // the second is how the scanner answers escapes such as \UFFFFFFFF
            throw new ConfigException("'" + file + "': expected YAML, found: " + e.getMessage(), e);
        }
    }

    private static void requireShallow(Iterable<Event> events, String file) throws ConfigException {
        int nesting = 0;
        for (Event event : events) {
            nesting += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (nesting > MAX_NESTING) {
                throw new ConfigException("'" + file + "': expected at most " + MAX_NESTING
                        + " levels of keys and lists inside each other, found more");
            }
        }
    }

    private static YamlMap of(Node node, String file, String path) throws ConfigException {
        if (!(node instanceof MappingNode mapping)) {
            throw new ConfigException("'" + file + "'" + line(node) + ": expected keys and values"
                    + (path.isEmpty() ? "" : " under '" + path + "'"));
        }
        Map<String, Node> values = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new ConfigException("'" + file + "'" + line(tuple.getKeyNode()) + ": expected a word as key");
            }
            if (values.put(key.getValue(), tuple.getValueNode()) != null) {
                throw new ConfigException("'" + file + "'" + line(key) + ": key '" + key.getValue() + "' stands twice");
            }
            places.put(key.getValue(), line(key));
        }
        return new YamlMap(file, path, values, places);
    }

    private static String line(Node node) {
        return node.getStartMark().map(m -> " line " + (m.getLine() + 1)).orElse("");
    }

    /** Returns a text; empty if the key is absent or has no value. */
    public Optional<String> text(String key) throws ConfigException {
        Optional<Node> value = value(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(scalar(key, value.get()));
    }

    /** Returns a text that must be there. */
    public String requireText(String key) throws ConfigException {
        return text(key).orElseThrow(() -> new ConfigException("'" + file + "': key '" + full(key) + "' is missing"));
    }

    public OptionalInt integer(String key, int min, int max) throws ConfigException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= min && value <= max) {
                return OptionalInt.of(value);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(key, "a whole number of " + min + " to " + max, text.get());
    }

    public OptionalDouble number(String key) throws ConfigException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text.get());
            if (Double.isFinite(value)) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(key, "a number", text.get());
    }

    /** Returns the texts of a list; a single text is a list of one; an absent key is empty. */
    public List<String> texts(String key) throws ConfigException {
        Optional<Node> value = value(key);
        if (value.isPresent() && value.get() instanceof SequenceNode sequence) {
            List<String> texts = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                texts.add(scalar(key, item));
            }
            return texts;
        }
        Optional<String> one = text(key);
        return one.isPresent() ? List.of(one.get()) : List.of();
    }

    /** Returns a mapping inside this one. */
    public Optional<YamlMap> map(String key) throws ConfigException {
        Optional<Node> value = value(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(of(value.get(), file, full(key)));
    }

    /** Returns the keys, for a mapping whose keys are free. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** Refuses keys that nobody asked for. */
    public void finish() throws ConfigException {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                String nearest = NearestWord.to(key, known)
                        .map(k -> ": did you mean '" + k + "'?")
                        .orElse(", expected one of " + String.join(", ", known));
                throw new ConfigException(
                        "'" + file + "'" + places.get(key) + ": unknown key '" + full(key) + "'" + nearest);
            }
        }
    }

    /** Builds the message for a value that is not allowed. */
    public ConfigException wrong(String key, String expected, String found) {
        return new ConfigException("'" + file + "'" + places.getOrDefault(key, "") + ": key '" + full(key)
                + "': expected " + expected + ", found '" + found + "'");
    }

    private Optional<Node> value(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key))
                .filter(node -> !(node instanceof ScalarNode scalar && isNull(scalar)));
    }

    private static boolean isNull(ScalarNode scalar) {
        return scalar.isPlain()
                ? NULLS.contains(scalar.getValue())
                : scalar.getValue().isEmpty();
    }

    private String scalar(String key, Node node) throws ConfigException {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().trim();
        }
        throw wrong(key, "one value", node instanceof SequenceNode ? "a list" : "keys");
    }

    private String full(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
