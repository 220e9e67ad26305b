package dev.stillpoint.hypervisor.lab.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.doc.Xml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The leaves of a document by path, links apart by their rel, each with the first value met. */
record Shape(Map<String, String> leaves) {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:.*Z");

  static Shape ofXml(String document) {
    Map<String, String> leaves = new TreeMap<>();
    try {
      Element root = Xml.read(document);
      walk(root.name(), root, leaves);
    } catch (IOException e) {
      throw new UncheckedIOException(document, e);
    }
    return new Shape(leaves);
  }

  private static void walk(String path, Element element, Map<String, String> leaves) {
    leaves.putIfAbsent(path, element.text());
    element.attributes().forEach((key, value) -> leaves.putIfAbsent(path + "@" + key, value));
    for (Element child : element.children()) {
      String rel =
          child.attributes().containsKey("rel") ? "[" + child.attributes().get("rel") + "]" : "";
      walk(path + "/" + child.name() + rel, child, leaves);
    }
  }

  static Shape ofJson(String document) {
    Map<String, String> leaves = new TreeMap<>();
    try {
      walk("", new ObjectMapper().readTree(document), leaves);
    } catch (IOException e) {
      throw new UncheckedIOException(document, e);
    }
    return new Shape(leaves);
  }

  private static void walk(String path, JsonNode node, Map<String, String> leaves) {
    if (node.isArray()) {
      leaves.putIfAbsent(path, "");
      node.forEach(one -> walk(path + "[" + nameOf(one) + "]", one, leaves));
    } else if (node.isObject()) {
      leaves.putIfAbsent(path, "");
      node.fields()
          .forEachRemaining(field -> walk(path + "/" + field.getKey(), field.getValue(), leaves));
    } else {
      // A number in JSON is another kind of value than the same digits in a string.
      leaves.putIfAbsent(path, node.isNumber() ? "number" : node.asText());
    }
  }

  /** Strings in an array go by their value, links by their rel, other things have no name. */
  private static String nameOf(JsonNode one) {
    return one.isTextual() ? one.asText() : one.path("rel").asText();
  }

  /** What sort of value a leaf has. */
  static String kind(String value) {
    if (value.isEmpty()) {
      return "nothing";
    }
    if (value.equals("true") || value.equals("false")) {
      return "boolean";
    }
    if (value.matches("-?\\d+")) {
      return "integer";
    }
    if (isId(value)) {
      return "id";
    }
    return DATE.matcher(value).matches() ? "date" : "text";
  }

  static boolean isId(String value) {
    return UUID.matcher(value).matches();
  }
}
