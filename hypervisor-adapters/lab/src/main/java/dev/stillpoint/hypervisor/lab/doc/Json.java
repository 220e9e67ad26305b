package dev.stillpoint.hypervisor.lab.doc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;

/**
 * Documents as the engine's JSON: numbers and booleans as strings, dates as numbers, lists wrapped
 * in an object, an empty list as {@code {}}.
 */
public final class Json {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectMapper mapper = new ObjectMapper();

  public Json() {}

  /** The document; the root's own name does not appear. */
  public String write(Element root) {
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(node(root));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document tree always has a JSON form", e);
    }
  }

  private static JsonNode node(Element element) {
    return switch (element.kind()) {
      case TEXT -> NODES.textNode(element.text());
      case DATE -> NODES.numberNode(Instant.parse(element.text()).toEpochMilli());
      case OBJECT, LIST -> object(element);
    };
  }

  private static ObjectNode object(Element element) {
    ObjectNode object = NODES.objectNode();
    for (Element child : element.children()) {
      // A link is repeatable wherever it stands.
      if (element.kind() == Element.Kind.LIST || child.name().equals("link")) {
        array(object, child.name()).add(node(child));
      } else {
        object.set(child.name(), node(child));
      }
    }
    element.attributes().forEach(object::put);
    return object;
  }

  private static ArrayNode array(ObjectNode object, String name) {
    return object.path(name).isArray() ? (ArrayNode) object.get(name) : object.putArray(name);
  }

  /**
   * Reads a request body.
   *
   * @param root the name the element gets, which JSON does not carry
   * @throws IOException when it is not JSON
   */
  public Element read(String root, String document) throws IOException {
    return element(root, mapper.readTree(document));
  }

  private static Element element(String name, JsonNode node) {
    if (node.isValueNode()) {
      return Element.text(name, node.asText());
    }
    Element object = Element.object(name);
    node.fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isArray()) {
                field.getValue().forEach(one -> object.add(element(field.getKey(), one)));
              } else {
                object.add(element(field.getKey(), field.getValue()));
              }
            });
    return object;
  }
}
