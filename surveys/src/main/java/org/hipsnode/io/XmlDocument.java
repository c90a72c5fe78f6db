package org.hipsnode.io;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** XML that others wrote, parsed by Java without what can be turned against the reader: document types, by which entities come. */
public final class XmlDocument {
    /** Far more than labels and metadata have; texts of elements are found by recursion. */
    private static final int MAX_DEPTH = 256;

    private XmlDocument() {}

    /**
     * Parses a document.
     *
     * @param content of a size that is bounded already
     * @throws SAXException if it is not XML, or has a document type
     */
    public static Document parse(InputStream content) throws IOException, SAXException {
        return builder().parse(content);
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("jdk.xml.maxElementDepth", MAX_DEPTH);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // else it prints errors
            builder.setErrorHandler(new DefaultHandler());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the XML parser of Java cannot be made safe", e);
        }
    }
}
