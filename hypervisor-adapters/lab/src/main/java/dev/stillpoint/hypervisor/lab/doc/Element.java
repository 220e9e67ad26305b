package dev.stillpoint.hypervisor.lab.doc;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One element of an oVirt document: a name, attributes ({@code id}, {@code href}, {@code rel}), and
 * either text or children. The kind decides how JSON shows it; in XML all look alike.
 */
public final class Element {
  /** How an element is shown in JSON. */
  public enum Kind {
    /** A string. */
    TEXT,
    /** Milliseconds since the epoch, a number; ISO 8601 in XML. */
    DATE,
    /** An object with one member for each attribute and child. */
    OBJECT,
    /** An object whose members are arrays of the children of one name; {@code {}} when empty. */
    LIST
  }

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final String name;
  private final Kind kind;
  private final String text;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Element> children = new ArrayList<>();

  private Element(String name, Kind kind, String text) {
    this.name = requireNonNull(name, "name");
    this.kind = kind;
    this.text = requireNonNull(text, "text");
  }

  /** An element with children. */
  public static Element object(String name) {
    return new Element(name, Kind.OBJECT, "");
  }

  /** A collection of elements. */
  public static Element list(String name) {
    return new Element(name, Kind.LIST, "");
  }

  /** A leaf; numbers and booleans are text too, as the engine has them. */
  public static Element text(String name, Object value) {
    return new Element(name, Kind.TEXT, value.toString());
  }

  /** A point in time, in whole milliseconds. */
  public static Element date(String name, Instant value) {
    return new Element(name, Kind.DATE, ISO.format(value));
  }

  /** A reference to something: an id and where it is found. */
  public static Element ref(String name, String href, String id) {
    return object(name).attribute("href", href).attribute("id", id);
  }

  /** A reference by id alone. */
  public static Element ref(String name, String id) {
    return object(name).attribute("id", id);
  }

  @CanIgnoreReturnValue
  public Element attribute(String key, String value) {
    attributes.put(key, value);
    return this;
  }

  @CanIgnoreReturnValue
  public Element add(Element child) {
    children.add(requireNonNull(child, "child"));
    return this;
  }

  /** Adds a leaf. */
  @CanIgnoreReturnValue
  public Element add(String childName, Object value) {
    return add(text(childName, value));
  }

  @CanIgnoreReturnValue
  public Element addAll(Iterable<Element> more) {
    more.forEach(this::add);
    return this;
  }

  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  /** The text of a leaf, empty for others. */
  public String text() {
    return text;
  }

  public Map<String, String> attributes() {
    return attributes;
  }

  public List<Element> children() {
    return children;
  }

  /** The children of one name. */
  public List<Element> children(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).toList();
  }

  /**
   * The element at the end of a path such as {@code cpu/topology/cores}, the first where several.
   */
  public Optional<Element> find(String path) {
    Optional<Element> here = Optional.of(this);
    for (String step : path.split("/")) {
      here = here.flatMap(element -> element.children(step).stream().findFirst());
    }
    return here;
  }

  /** The text at the end of a path. */
  public Optional<String> textAt(String path) {
    return find(path).map(Element::text);
  }

  /** The id: an attribute in XML, a member in JSON. */
  public Optional<String> id() {
    return Optional.ofNullable(attributes.get("id")).or(() -> textAt("id"));
  }

  /** The id of the element at the end of a path. */
  public Optional<String> idAt(String path) {
    return find(path).flatMap(Element::id);
  }

  /** The same element with the children in alphabetical order, the order the engine writes. */
  public Element sorted() {
    Element sorted = new Element(name, kind, text);
    sorted.attributes.putAll(attributes);
    children.stream()
        .sorted((a, b) -> a.name.compareTo(b.name))
        .forEach(child -> sorted.add(child.kind == Kind.LIST ? child : child.sorted()));
    return sorted;
  }

  /**
   * This element with what {@code change} says in place of what it said: leaves and lists are
   * replaced, objects are merged member by member.
   */
  public Element merged(Element change) {
    Element merged = new Element(name, kind, text);
    merged.attributes.putAll(attributes);
    for (Element child : children) {
      Optional<Element> other = change.find(child.name);
      boolean deep = child.kind == Kind.OBJECT && other.isPresent();
      merged.add(deep ? child.merged(other.get()) : other.map(child::retaining).orElse(child));
    }
    for (Element child : change.children) {
      if (find(child.name).isEmpty()) {
        merged.add(child);
      }
    }
    return merged;
  }

  /** What was read from a request has no date or list kind; it takes that of what it replaces. */
  private Element retaining(Element replacement) {
    Element kept = new Element(name, kind, replacement.text);
    kept.attributes.putAll(replacement.attributes);
    return kept.addAll(replacement.children);
  }

  @Override
  public String toString() {
    return Xml.write(this);
  }
}
