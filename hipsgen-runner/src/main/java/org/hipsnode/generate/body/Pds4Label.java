package org.hipsnode.generate.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.io.XmlDocument;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A part of a label of PDS4: elements are found by their names, whatever their namespaces' prefixes. */
final class Pds4Label {
    private static final int MAX_BYTES = 1 << 23;

    private final Element element;

    private Pds4Label(Element element) {
        this.element = element;
    }

    /** Reads a label; one with a document type, by which entities come, is refused. */
    static Pds4Label read(Path file) throws IOException {
        byte[] content = BoundedReads.readFile(file, MAX_BYTES);
        try {
            return new Pds4Label(
                    XmlDocument.parse(new ByteArrayInputStream(content)).getDocumentElement());
        } catch (SAXException e) {
            throw new MalformedDataException(
                    "'" + file + "': expected a PDS4 label, XML without a document type, found " + e.getMessage(), e);
        }
    }

    /** Returns all elements of a name, however deep. */
    List<Pds4Label> all(String name) {
        NodeList found = element.getElementsByTagNameNS("*", name);
        List<Pds4Label> parts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            Node node = found.item(i);
            if (node instanceof Element part) {
                parts.add(new Pds4Label(part));
            }
        }
        return parts;
    }

    /** Returns the first element of one of some names; those named first are preferred. */
    Optional<Pds4Label> first(String... names) {
        for (String name : names) {
            List<Pds4Label> found = all(name);
            if (!found.isEmpty()) {
                return Optional.of(found.get(0));
            }
        }
        return Optional.empty();
    }

    /** Returns the text of the first element of a name. */
    Optional<String> text(String name) {
        return first(name).map(part -> part.element.getTextContent().strip()).filter(text -> !text.isEmpty());
    }

    /** Returns the number in the first element of a name; lengths in metres, whatever their unit. */
    OptionalDouble number(String name) {
        Optional<Pds4Label> part = first(name);
        if (part.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double number =
                    Double.parseDouble(part.get().element.getTextContent().strip());
            String unit = part.get().element.getAttribute("unit").toLowerCase(Locale.ROOT);
            return OptionalDouble.of(unit.startsWith("km") ? 1000 * number : number);
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Returns the length in the first element of a name, in metres; empty if it is in something else, such as degrees. */
    OptionalDouble metres(String name) {
        String unit = first(name)
                .map(part -> part.element.getAttribute("unit").toLowerCase(Locale.ROOT))
                .orElse("");
        return unit.matches("(m|km)(/.*)?|") ? number(name) : OptionalDouble.empty();
    }
}
