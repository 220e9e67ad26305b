package dev.stillpoint.hypervisor.lab.doc;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Documents as the engine's XML: indented by four, attributes first, UTF-8. */
public final class Xml {
  private static final String HEADER =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

  private Xml() {}

  /** The document with its XML declaration. */
  public static String write(Element root) {
    StringBuilder out = new StringBuilder(HEADER);
    write(root, 0, out);
    return out.toString();
  }

  private static void write(Element element, int depth, StringBuilder out) {
    String indent = " ".repeat(4 * depth);
    out.append(indent).append('<').append(element.name());
    for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
      out.append(' ').append(attribute.getKey()).append("=\"");
      escape(attribute.getValue(), out);
      out.append('"');
    }
    boolean leaf =
        element.kind() == Element.Kind.TEXT
            || element.kind() == Element.Kind.DATE
            || (element.children().isEmpty() && !element.text().isEmpty());
    if (leaf) {
      out.append('>');
      escape(element.text(), out);
      out.append("</").append(element.name()).append(">\n");
    } else if (element.children().isEmpty()) {
      out.append("/>\n");
    } else {
      out.append(">\n");
      for (Element child : element.children()) {
        write(child, depth + 1, out);
      }
      out.append(indent).append("</").append(element.name()).append(">\n");
    }
  }

  private static void escape(String value, StringBuilder out) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.append(c);
      }
    }
  }

  /**
   * Reads a document. Elements without children become leaves, the others objects.
   *
   * @throws IOException when it is not well-formed
   */
  public static Element read(String document) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(document));
      try {
        return read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw new IOException("not well-formed XML: " + e.getMessage(), e);
    }
  }

  private record Open(
      String name, Map<String, String> attributes, StringBuilder text, Element into) {
    Element close() {
      boolean leaf = into.children().isEmpty() && !text.toString().isBlank();
      boolean bare = into.children().isEmpty() && attributes.isEmpty();
      Element closed = leaf || bare ? Element.text(name, text.toString().strip()) : into;
      attributes.forEach(closed::attribute);
      return closed;
    }
  }

  private static Element read(XMLStreamReader reader) throws XMLStreamException, IOException {
    Deque<Open> open = new ArrayDeque<>();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> open.push(start(reader));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            open.peek().text().append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          Element closed = open.pop().close();
          if (open.isEmpty()) {
            return closed;
          }
          open.peek().into().add(closed);
        }
        default -> {
          // Comments and the like say nothing to the engine.
        }
      }
    }
    throw new IOException("the XML document has no element");
  }

  private static Open start(XMLStreamReader reader) {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    String name = reader.getLocalName();
    return new Open(name, attributes, new StringBuilder(), Element.object(name));
  }
}
