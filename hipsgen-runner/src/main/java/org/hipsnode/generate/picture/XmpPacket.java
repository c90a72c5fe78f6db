package org.hipsnode.generate.picture;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.io.XmlDocument;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Finds AVM in the XMP packets of a file. Packets are looked for by how they begin, as the standard of XMP foresees (part 3), so
 * the kind of file does not matter.
 */
final class XmpPacket {
    private static final String AVM = "http://www.communicatingastronomy.org/avm/1.0/";
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final byte[] START = "<x:xmpmeta".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "</x:xmpmeta>".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_BYTES = 1 << 22;

    /** Editors keep those of what a picture was made of; more than these nobody looks at. */
    private static final int MOST_PACKETS = 16;

    private XmpPacket() {}

    /** Returns the tags of the first packet that has some which tell of the sky. */
    static Optional<AvmTags> avm(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int i = 0; i < MOST_PACKETS && skipTo(START, in); i++) {
                AvmTags tags = new AvmTags(tags(packet(in, file), file));
                if (tags.areOfSky()) {
                    return Optional.of(tags);
                }
            }
            return Optional.empty();
        }
    }

    /** Reads past the next occurrence of some bytes of which the first comes but once in them. */
    private static boolean skipTo(byte[] wanted, InputStream in) throws IOException {
        int matched = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            matched = next == wanted[matched] ? matched + 1 : next == wanted[0] ? 1 : 0;
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private static byte[] packet(InputStream in, Path file) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(START);
        int matched = 0;
        while (matched < END.length) {
            int next = in.read();
            if (next < 0 || packet.size() >= MAX_BYTES) {
                throw MalformedDataException.expected(
                        file.toString(), "an XMP packet of at most " + MAX_BYTES + " bytes", "one that does not end");
            }
            packet.write(next);
            matched = next == END[matched] ? matched + 1 : next == END[0] ? 1 : 0;
        }
        return packet.toByteArray();
    }

    private static Map<String, List<String>> tags(byte[] packet, Path file) throws IOException {
        Map<String, List<String>> tags = new LinkedHashMap<>();
        try {
            NodeList parts =
                    XmlDocument.parse(new ByteArrayInputStream(packet)).getElementsByTagNameNS(RDF, "Description");
            for (int i = 0; i < parts.getLength(); i++) {
                collect((Element) parts.item(i), tags);
            }
            return tags;
        } catch (SAXException e) {
            throw new MalformedDataException(
                    "'" + file + "': expected XMP that is XML without a document type, found " + e.getMessage(), e);
        }
    }

    /** A tag is an attribute, or an element with a text or with a list. */
    private static void collect(Element description, Map<String, List<String>> tags) {
        NamedNodeMap attributes = description.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            if (attributes.item(i) instanceof Attr tag && AVM.equals(tag.getNamespaceURI())) {
                tags.putIfAbsent(tag.getLocalName(), List.of(tag.getValue().strip()));
            }
        }
        for (Node child = description.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element tag && AVM.equals(tag.getNamespaceURI())) {
                tags.putIfAbsent(tag.getLocalName(), texts(tag));
            }
        }
    }

    private static List<String> texts(Element tag) {
        NodeList items = tag.getElementsByTagNameNS(RDF, "li");
        if (items.getLength() == 0) {
            return List.of(tag.getTextContent().strip());
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < items.getLength(); i++) {
            texts.add(items.item(i).getTextContent().strip());
        }
        return texts;
    }
}
