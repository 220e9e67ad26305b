package dev.stillpoint.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.rest.SourceComments.Comment;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes the parameters of a call. */
final class ParameterWriter {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SCHEMA = "schema";

  /** What stands in a path. */
  private static final Map<String, String> TEMPLATES =
      Map.of(
          "site", "Id or name of a site",
          "vm", "Id or name of a VM",
          "group", "Id or name of a group of VMs",
          "policy", "Id or name of a policy",
          "run", "Id of a run",
          "point", "Id of a restore point",
          "disk", "Id of a disk, or its name where one disk only has it");

  /** What means the same in every list. */
  private static final Map<String, String> LISTS =
      Map.of(
          "site", "Only of this site; its id or name.",
          "vm", "Only of this VM; its id or name.",
          "policy", "Only of this policy; its id or name, of a deleted one its id.",
          "from", "The earliest time: an instant, or a day in UTC.",
          "to", "Before this time: an instant, or a day in UTC, which counts as a whole.",
          "limit", "At most so many in a page; 1 to 1000.",
          "after", "The field `next` of the page before, with the same filters and order.");

  private final Map<String, Comment> comments;
  private final SchemaWriter schemas;

  ParameterWriter(Map<String, Comment> comments, SchemaWriter schemas) {
    this.comments = comments;
    this.schemas = schemas;
  }

  static ObjectNode template(String name) {
    ObjectNode parameter =
        JSON.objectNode().put("name", name).put("in", "path").put("required", true);
    parameter.put("description", TEMPLATES.get(name)).putObject(SCHEMA).put("type", "string");
    return parameter;
  }

  static boolean isBody(Parameter parameter) {
    return Arrays.stream(parameter.getAnnotations())
        .noneMatch(one -> one.annotationType().getPackageName().startsWith("jakarta.ws.rs"));
  }

  List<ObjectNode> of(Method method, Comment comment) {
    List<ObjectNode> all = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      String meaning = comment.parameters().getOrDefault(parameter.getName(), "");
      if (parameter.isAnnotationPresent(QueryParam.class)) {
        String name = parameter.getAnnotation(QueryParam.class).value();
        all.add(parameter(name, "query", meaning, parameter, parameter.getParameterizedType()));
      }
      if (parameter.isAnnotationPresent(HeaderParam.class)) {
        String name = parameter.getAnnotation(HeaderParam.class).value();
        all.add(parameter(name, "header", meaning, parameter, parameter.getParameterizedType()));
      }
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        all.addAll(bean(parameter.getType()));
      }
    }
    return all;
  }

  private List<ObjectNode> bean(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(QueryParam.class))
        .map(
            field -> {
              String name = field.getAnnotation(QueryParam.class).value();
              String own = SourceComments.of(comments, type, field.getName()).whole();
              String meaning = own.isEmpty() ? LISTS.getOrDefault(name, "") : own;
              return parameter(name, "query", meaning, field, field.getGenericType());
            })
        .toList();
  }

  private ObjectNode parameter(
      String name, String in, String meaning, AnnotatedElement element, Type type) {
    ObjectNode schema = SchemaWriter.worded(schemas.sent(type), element);
    DefaultValue otherwise = element.getAnnotation(DefaultValue.class);
    if (otherwise != null && !otherwise.value().isEmpty()) {
      switch (schema.get("type").asText()) {
        case "integer" -> schema.put("default", Long.parseLong(otherwise.value()));
        case "boolean" -> schema.put("default", Boolean.parseBoolean(otherwise.value()));
        default -> schema.put("default", otherwise.value());
      }
    }
    ObjectNode parameter = JSON.objectNode().put("name", name).put("in", in);
    if (!meaning.isEmpty()) {
      parameter.put("description", OpenApiWriter.capital(meaning.replaceAll("\\.$", "")));
    }
    parameter.set(SCHEMA, schema);
    return parameter;
  }
}
