package dev.stillpoint.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.rest.SourceComments.Comment;
import dev.stillpoint.rest.dto.CountedPageDto;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.PageDto;
import dev.stillpoint.rest.openapi.Words;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes the schemas of what travels, from the components of its records: an {@code Optional} may
 * be left out, everything else is there. In what is only sent to us, also a {@code boolean} or a
 * number of primitive type may be left out: it is false or 0 then.
 */
final class SchemaWriter {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Map<Class<?>, String[]> PLAIN =
      Map.ofEntries(
          Map.entry(String.class, new String[] {"string", ""}),
          Map.entry(Instant.class, new String[] {"string", "date-time"}),
          Map.entry(LocalDate.class, new String[] {"string", "date"}),
          Map.entry(char[].class, new String[] {"string", "password"}),
          Map.entry(InputStream.class, new String[] {"string", "binary"}),
          Map.entry(boolean.class, new String[] {"boolean", ""}),
          Map.entry(Boolean.class, new String[] {"boolean", ""}),
          Map.entry(int.class, new String[] {"integer", "int32"}),
          Map.entry(Integer.class, new String[] {"integer", "int32"}),
          Map.entry(long.class, new String[] {"integer", "int64"}),
          Map.entry(Long.class, new String[] {"integer", "int64"}),
          Map.entry(double.class, new String[] {"number", "double"}),
          Map.entry(Double.class, new String[] {"number", "double"}),
          Map.entry(BigDecimal.class, new String[] {"number", ""}));

  private final Map<String, Comment> comments;
  private final Map<String, ObjectNode> schemas = new TreeMap<>();
  private final Map<String, Set<String>> leftOut = new TreeMap<>();
  private final Set<String> answered = new TreeSet<>();

  SchemaWriter(Map<String, Comment> comments) {
    this.comments = comments;
  }

  /** The schema of what is answered: here, or named and referred to. */
  ObjectNode answered(Type type) {
    return schema(type, true);
  }

  /** The schema of what is sent to us. */
  ObjectNode sent(Type type) {
    return schema(type, false);
  }

  /** All that have a name, by it. */
  ObjectNode all() {
    leftOut.forEach(
        (name, primitives) -> {
          if (!answered.contains(name)) {
            ArrayNode required = (ArrayNode) schemas.get(name).get("required");
            ArrayNode left = JSON.arrayNode();
            required.forEach(
                one -> {
                  if (!primitives.contains(one.asText())) {
                    left.add(one);
                  }
                });
            schemas.get(name).set("required", left);
          }
        });
    ObjectNode all = JSON.objectNode();
    schemas.forEach(
        (name, schema) -> {
          if (schema.get("required").isEmpty()) {
            schema.remove("required");
          }
          all.set(name, schema);
        });
    return all;
  }

  private ObjectNode schema(Type type, boolean answer) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic, answer);
    }
    Class<?> plain = (Class<?>) type;
    String[] known = PLAIN.get(plain);
    if (known != null) {
      ObjectNode schema = JSON.objectNode().put("type", known[0]);
      return known[1].isEmpty() ? schema : schema.put("format", known[1]);
    }
    return named(name(plain), plain, Map.of(), answer);
  }

  private ObjectNode generic(ParameterizedType type, boolean answer) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type first = type.getActualTypeArguments()[0];
    if (raw == Optional.class) {
      return schema(first, answer);
    }
    if (raw == List.class) {
      ObjectNode list = JSON.objectNode().put("type", "array");
      list.set("items", schema(first, answer));
      return list;
    }
    if (raw == Map.class) {
      ObjectNode map = JSON.objectNode().put("type", "object");
      map.set("additionalProperties", schema(type.getActualTypeArguments()[1], answer));
      return map;
    }
    String kind =
        Map.of(ItemsDto.class, "Items", PageDto.class, "Page", CountedPageDto.class, "CountedPage")
            .getOrDefault(raw, name(raw));
    String name = name((Class<?>) first) + kind;
    return named(name, raw, Map.of(raw.getTypeParameters()[0], first), answer);
  }

  private ObjectNode named(
      String name, Class<?> type, Map<TypeVariable<?>, Type> variables, boolean answer) {
    if (!type.isRecord()) {
      throw new IllegalArgumentException("No schema is known for " + type);
    }
    boolean known = answer ? !answered.add(name) : schemas.containsKey(name);
    if (!known) {
      schemas.put(name, JSON.objectNode());
      schemas.get(name).setAll(object(name, type, variables, answer));
    }
    return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private ObjectNode object(
      String name, Class<?> type, Map<TypeVariable<?>, Type> variables, boolean answer) {
    Comment comment = SourceComments.of(comments, type, "");
    ObjectNode object = JSON.objectNode().put("type", "object");
    if (!comment.whole().isEmpty()) {
      object.put("description", comment.whole());
    }
    ObjectNode properties = JSON.objectNode();
    ArrayNode required = JSON.arrayNode();
    Set<String> primitives = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Type of = actual(component.getGenericType(), variables);
      ObjectNode property = worded(schema(of, answer), component);
      String meaning = comment.parameters().getOrDefault(component.getName(), "");
      if (!meaning.isEmpty()) {
        property.put("description", OpenApiWriter.capital(meaning));
      }
      properties.set(component.getName(), property);
      if (component.getType() != Optional.class) {
        required.add(component.getName());
      }
      if (component.getType().isPrimitive()) {
        primitives.add(component.getName());
      }
    }
    object.set("properties", properties);
    object.set("required", required);
    leftOut.put(name, primitives);
    return object;
  }

  private static Type actual(Type type, Map<TypeVariable<?>, Type> variables) {
    if (type instanceof ParameterizedType generic
        && variables.containsKey(generic.getActualTypeArguments()[0])) {
      return new Known(generic.getRawType(), variables.get(generic.getActualTypeArguments()[0]));
    }
    return type;
  }

  /** A list of what a type variable stands for. */
  private record Known(Type raw, Type argument) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {argument};
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public Type getOwnerType() {
      return raw;
    }
  }

  /** With the only words that it may be. */
  static ObjectNode worded(ObjectNode schema, AnnotatedElement element) {
    Words words = element.getAnnotation(Words.class);
    if (words != null) {
      ObjectNode text =
          schema.get("type").asText().equals("array") ? (ObjectNode) schema.get("items") : schema;
      ArrayNode choices = text.putArray("enum");
      words(words)
          .flatMap(word -> words.signed() ? Stream.of(word, "-" + word) : Stream.of(word))
          .forEach(choices::add);
    }
    return schema;
  }

  private static Stream<String> words(Words words) {
    Stream<String> constants =
        Arrays.stream(words.of())
            .flatMap(type -> Arrays.stream(type.getEnumConstants()))
            .map(Enum::name)
            .map(name -> words.capitals() ? name : name.toLowerCase(Locale.ROOT));
    return Stream.concat(constants, Arrays.stream(words.value()));
  }

  /** A record in another is named after both. */
  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    String own = type.getSimpleName().replaceAll("Dto$", "");
    return outer == null ? own : name(outer) + own;
  }
}
