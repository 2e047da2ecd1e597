package org.rebill.intake.format;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads an XML document. Document types and entities are refused, since they could read the server's files or fill its
 * memory; colons in names mean nothing, since FreeSWITCH makes elements of channel variables such as
 * {@code nolocal:req_uuid}.
 */
final class XmlTags {
    private static final XMLInputFactory FACTORY = factory();
    private static final int DEEPEST = 64;

    private XmlTags() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing outside of the document is read");
        });
        return factory;
    }

    /** @throws Unreadable when it is not well-formed, or has a document type or entities of its own */
    static Tag read(String xml) throws Unreadable {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(xml));
            return root(reader);
        } catch (XMLStreamException e) {
            String message = String.valueOf(e.getMessage()).lines().reduce("", (before, last) -> last);
            throw Unreadable.because(
                    "xml.broken",
                    "The record is not well-formed XML: " + RecordText.shown(message)
                            + ". Set encode to true in xml_cdr.conf.xml, so that values are encoded, and send the record"
                            + " again.");
        }
    }

    private static Tag root(XMLStreamReader reader) throws XMLStreamException, Unreadable {
        Tag document = Tag.of("");
        Deque<Tag> open = new ArrayDeque<>();
        Deque<StringBuilder> texts = new ArrayDeque<>();
        open.push(document);
        texts.push(new StringBuilder());
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw Unreadable.because(
                            "xml.dtd",
                            "The record has a document type or an entity of its own, which FreeSWITCH never writes and we"
                                    + " do not follow.");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() > DEEPEST) {
                        throw Unreadable.because("xml.deep", "Elements lie more than " + DEEPEST + " deep.");
                    }
                    Tag tag = Tag.of(reader.getLocalName());
                    for (int i = 0; i < reader.getAttributeCount(); i++) {
                        tag.pieces().add(Tag.value(reader.getAttributeLocalName(i), reader.getAttributeValue(i)));
                    }
                    open.push(tag);
                    texts.push(new StringBuilder());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    texts.element().append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    Tag tag = open.pop();
                    String text = texts.pop().toString();
                    open.element().pieces().add(tag.pieces().isEmpty() ? Tag.value(tag.name(), text) : tag);
                }
                default -> {
                    // Comments, declarations and processing instructions mean nothing.
                }
            }
        }
        return document.pieces().isEmpty() ? document : document.pieces().get(0);
    }
}
