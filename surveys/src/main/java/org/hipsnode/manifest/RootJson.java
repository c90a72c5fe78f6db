package org.hipsnode.manifest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.ManifestRoot.Head;
import org.hipsnode.store.FileName;
import org.hipsnode.tile.TileFormat;

/** The JSON text of a manifest's root: trees and files one to a line, and at the end the digest of all before it. */
final class RootJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String FORMAT = "hipsnode-manifest";
    private static final long VERSION = 1;

    /** What follows the digits of the file's own digest. */
    private static final String END = "\"}\n";

    private static final int TAIL_BYTES = Digest.HEX_DIGITS + END.length();

    private final String name;
    private final SortedMap<TileTree, Branch> trees = new TreeMap<>();
    private final SortedMap<String, FileRecord> files = new TreeMap<>();

    private RootJson(String name) {
        this.name = name;
    }

    /** Returns the bytes of the file. */
    static byte[] write(Head head, SortedMap<TileTree, Branch> trees, SortedMap<String, FileRecord> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.setPrettyPrinter(new OneToALine());
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeStringField("digests", Digest.ALGORITHM);
            writeHead(json, head);
            writeTrees(json, trees);
            writeFiles(json, files);
            json.writeStringField("content", ManifestRoot.content(trees, files).toString());
            json.writeStringField("digest", "0".repeat(Digest.HEX_DIGITS));
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] file = out.toByteArray();
        byte[] tail = (digest(file) + END).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(tail, 0, file, file.length - TAIL_BYTES, TAIL_BYTES);
        return file;
    }

    /** Returns the digest that a file should end with. */
    private static Digest digest(byte[] file) {
        return Digest.of(file, 0, file.length - TAIL_BYTES);
    }

    private static void writeHead(JsonGenerator json, Head head) throws IOException {
        write(json, "creator_did", head.creatorDid());
        write(json, "hips_release_date", head.releaseDate());
        json.writeNumberField("generation", head.generation());
        write(json, "parent", head.parent().map(Digest::toString));
    }

    private static void write(JsonGenerator json, String key, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(key, value.get());
        }
    }

    private static void writeTrees(JsonGenerator json, SortedMap<TileTree, Branch> trees) throws IOException {
        json.writeArrayFieldStart("trees");
        for (Map.Entry<TileTree, Branch> entry : trees.entrySet()) {
            TileTree tree = entry.getKey();
            json.writeStartObject();
            json.writeNumberField("order", tree.order());
            json.writeStringField("extension", tree.format().extension());
            json.writeNumberField("channel", tree.channel());
            json.writeNumberField("tiles", entry.getValue().tiles());
            json.writeNumberField("bytes", entry.getValue().bytes());
            json.writeStringField("digest", entry.getValue().digest().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeFiles(JsonGenerator json, SortedMap<String, FileRecord> files) throws IOException {
        json.writeArrayFieldStart("files");
        for (Map.Entry<String, FileRecord> entry : files.entrySet()) {
            json.writeStartObject();
            json.writeStringField("name", entry.getKey());
            json.writeNumberField("bytes", entry.getValue().bytes());
            json.writeStringField("digest", entry.getValue().digest().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Puts each element of an array on a line of its own. */
    private static final class OneToALine extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1L;

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
            json.writeRaw(", ");
        }

        @Override
        public void beforeArrayValues(JsonGenerator json) throws IOException {
            json.writeRaw('\n');
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(",\n");
        }
    }

    /**
     * Reads a file of any origin.
     *
     * @param name of the file, for messages
     */
    static ManifestRoot read(byte[] file, String name) throws IOException {
        Digest digest = requireUndamaged(file, name);
        try (JsonParser json = JSON.createParser(file)) {
            return new RootJson(name).read(json, file, digest);
        } catch (JacksonException e) {
            throw new MalformedDataException(
                    "'" + name + "': expected the JSON text of a manifest, found: " + e.getOriginalMessage(), e);
        }
    }

    private static Digest requireUndamaged(byte[] file, String name) throws IOException {
        String tail = new String(
                Arrays.copyOfRange(file, Math.max(0, file.length - TAIL_BYTES), file.length),
                StandardCharsets.ISO_8859_1);
        Digest said = Digest.parse(tail.substring(0, Math.max(0, tail.length() - END.length())))
                .filter(d -> tail.endsWith(END))
                .orElseThrow(() -> MalformedDataException.expected(
                        name, "a manifest that ends with its own digest", "one that is cut off, or none"));
        if (!said.equals(digest(file))) {
            throw MalformedDataException.expected(
                    name, "the digest " + said + " that it ends with", digest(file) + ": it is damaged");
        }
        return said;
    }

    private ManifestRoot read(JsonParser json, byte[] file, Digest digest) throws IOException {
        requireToken(json.nextToken() == JsonToken.START_OBJECT, "an object");
        Members root = readObject(json, Map.of("trees", this::addTree, "files", this::addFile));
        requireToken(json.nextToken() == null, "nothing after it");
        require(FORMAT.equals(root.text("format")), "format '" + FORMAT + "'", root.text("format"));
        require(
                root.number("version") == VERSION,
                "version " + VERSION,
                root.number("version") + ": a newer hipsnode is needed");
        require(Digest.ALGORITHM.equals(root.text("digests")), Digest.ALGORITHM, root.text("digests"));
        Digest content = root.digest("content");
        require(content.equals(ManifestRoot.content(trees, files)), "content " + content, "another");
        Head head = new Head(
                root.optionalText("creator_did"),
                root.optionalText("hips_release_date"),
                root.number("generation"),
                root.texts.containsKey("parent") ? Optional.of(root.digest("parent")) : Optional.empty());
        return new ManifestRoot(file, head, trees, files, content, digest);
    }

    private void requireToken(boolean found, String expected) throws MalformedDataException {
        require(found, expected, "something else");
    }

    private void require(boolean holds, String expected, String found) throws MalformedDataException {
        if (!holds) {
            throw MalformedDataException.expected(name, expected, found);
        }
    }

    /** Takes an element of an array. */
    private interface ElementSink {
        void accept(Members element) throws IOException;
    }

    /** Reads the object that has just started; what is neither text, whole number nor a named array is passed over. */
    private Members readObject(JsonParser json, Map<String, ElementSink> arrays) throws IOException {
        Members members = new Members();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                members.texts.put(key, json.getText());
            } else if (value == JsonToken.VALUE_NUMBER_INT) {
                members.numbers.put(key, json.getLongValue());
            } else if (value == JsonToken.START_ARRAY && arrays.containsKey(key)) {
                readArray(json, arrays.getOrDefault(key, element -> {}));
            } else {
                json.skipChildren();
            }
        }
        return members;
    }

    private void readArray(JsonParser json, ElementSink elements) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            requireToken(json.currentToken() == JsonToken.START_OBJECT, "objects in its arrays");
            elements.accept(readObject(json, Map.of()));
        }
    }

    private void addTree(Members element) throws IOException {
        TileFormat format = TileFormat.ofWord(element.text("extension"))
                .filter(f -> f.extension().equals(element.texts.get("extension")))
                .orElseThrow(() -> MalformedDataException.expected(
                        name, "the extension of a tile's format", "'" + element.texts.get("extension") + "'"));
        TileTree tree = new TileTree((int) element.number("order", HealpixGrid.MAX_ORDER), format, (int)
                element.number("channel", TileTree.MAX_CHANNEL));
        Branch branch =
                new Branch(element.digest("digest"), element.number("tiles", tree.cells()), element.number("bytes"));
        require(branch.tiles() > 0, "tiles in every tree", "none in that of " + tree);
        require(trees.put(tree, branch) == null, "each tree once", tree + " twice");
        require(trees.size() <= ManifestRoot.MAX_ENTRIES, "at most " + ManifestRoot.MAX_ENTRIES + " trees", "more");
    }

    private void addFile(Members element) throws IOException {
        String file = element.text("name");
        boolean ours = file.startsWith(FileName.OWN_FOLDER + "/");
        require(
                FileName.isValid(file) && (!ours || file.equals(ManifestName.PROVENANCE)),
                "names that a survey's files may have",
                "'" + file + "'");
        FileRecord record = new FileRecord(element.number("bytes"), element.digest("digest"));
        require(files.put(file, record) == null, "each file once", "'" + file + "' twice");
        require(files.size() <= ManifestRoot.MAX_ENTRIES, "at most " + ManifestRoot.MAX_ENTRIES + " files", "more");
    }

    /** The members of an object that are texts and whole numbers. */
    private final class Members {
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, Long> numbers = new HashMap<>();

        Optional<String> optionalText(String key) {
            return Optional.ofNullable(texts.get(key));
        }

        String text(String key) throws MalformedDataException {
            return optionalText(key)
                    .orElseThrow(() -> MalformedDataException.expected(name, "a text '" + key + "'", "none"));
        }

        Digest digest(String key) throws MalformedDataException {
            String text = text(key);
            return Digest.parse(text)
                    .orElseThrow(() -> MalformedDataException.expected(
                            name, Digest.HEX_DIGITS + " hexadecimal digits in '" + key + "'", "'" + text + "'"));
        }

        long number(String key) throws MalformedDataException {
            return number(key, Long.MAX_VALUE);
        }

        long number(String key, long max) throws MalformedDataException {
            long number = Optional.ofNullable(numbers.get(key)).orElse(-1L);
            require(
                    number >= 0 && number <= max,
                    "a number '" + key + "' from 0 to " + max,
                    numbers.getOrDefault(key, -1L) + "");
            return number;
        }
    }
}
