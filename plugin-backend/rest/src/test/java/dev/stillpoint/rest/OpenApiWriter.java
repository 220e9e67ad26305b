package dev.stillpoint.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.rest.SourceComments.Comment;
import dev.stillpoint.rest.error.ProblemDocument;
import dev.stillpoint.rest.openapi.Answer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the document of the API from the resources' annotations, the records that they take and
 * answer, and the comments in their sources.
 */
final class OpenApiWriter {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern TEMPLATE = Pattern.compile("\\{([a-z]+)}");
  private static final List<String> VERBS = List.of("get", "head", "put", "post", "delete");
  private static final String PROBLEM = "application/problem+json";
  private static final String TOKEN = "token";
  private static final String SCHEMA = "schema";
  private static final String DESCRIPTION = "description";

  private final Map<String, Comment> comments;
  private final SchemaWriter schemas;
  private final ParameterWriter parameters;

  OpenApiWriter(Map<String, Comment> comments) {
    this.comments = comments;
    this.schemas = new SchemaWriter(comments);
    this.parameters = new ParameterWriter(comments, schemas);
  }

  /** A method of a resource. */
  private record Call(Class<?> resource, Method method, String verb, String path) {}

  /** The document for these resources. */
  ObjectNode write(List<Class<?>> resources) {
    ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Stillpoint")
        .put("version", "v1")
        .put(
            DESCRIPTION,
            "Backup for virtual machines. Instants are ISO 8601 in UTC, amounts are bytes, durations"
                + " seconds. What is absent is left out, never null.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    document.putArray("servers").addObject().put("url", ".");
    document.putArray("security").addObject().putArray(TOKEN);
    ArrayNode tags = document.putArray("tags");
    resources.stream()
        .sorted(Comparator.comparing(OpenApiWriter::tag))
        .forEach(
            type ->
                tags.addObject()
                    .put("name", tag(type))
                    .put(DESCRIPTION, SourceComments.of(comments, type, "").whole()));
    document.set("paths", paths(resources));
    document.set("components", components());
    return document;
  }

  private ObjectNode paths(List<Class<?>> resources) {
    Map<String, Map<Integer, ObjectNode>> paths = new TreeMap<>();
    resources.stream()
        .flatMap(OpenApiWriter::calls)
        .sorted(Comparator.comparing(call -> call.resource().getName() + call.method().getName()))
        .forEach(
            call ->
                paths
                    .computeIfAbsent(call.path(), path -> new TreeMap<>())
                    .merge(VERBS.indexOf(call.verb()), operation(call), OpenApiWriter::both));
    ObjectNode all = JSON.objectNode();
    paths.forEach(
        (path, operations) -> {
          ObjectNode item = all.putObject(path);
          operations.forEach((verb, operation) -> item.set(VERBS.get(verb), operation));
        });
    return all;
  }

  private static Stream<Call> calls(Class<?> resource) {
    String base = "/" + resource.getAnnotation(Path.class).value();
    return Arrays.stream(resource.getMethods())
        .flatMap(
            method ->
                Arrays.stream(method.getAnnotations())
                    .map(Annotation::annotationType)
                    .flatMap(
                        type -> Optional.ofNullable(type.getAnnotation(HttpMethod.class)).stream())
                    .map(
                        verb ->
                            new Call(
                                resource,
                                method,
                                verb.value().toLowerCase(Locale.ROOT),
                                base + below(method))));
  }

  private static String below(Method method) {
    Path path = method.getAnnotation(Path.class);
    return path == null ? "" : "/" + path.value();
  }

  private static String tag(Class<?> resource) {
    String name = resource.getSimpleName().replaceAll("Resource$", "");
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private ObjectNode operation(Call call) {
    Comment comment = SourceComments.of(comments, call.resource(), call.method().getName());
    boolean open = call.method().isAnnotationPresent(WithoutToken.class);
    ObjectNode operation = JSON.objectNode();
    operation.putArray("tags").add(tag(call.resource()));
    operation
        .put("operationId", tag(call.resource()) + capital(call.method().getName()))
        .put("summary", comment.first());
    boolean guests =
        open || GuestCalls.allows(call.verb().toUpperCase(Locale.ROOT), call.path().substring(1));
    String callers = guests ? "" : "Needs the server's own token.";
    String more = (comment.rest() + " " + callers).strip();
    if (!more.isEmpty()) {
      operation.put(DESCRIPTION, more);
    }
    if (open) {
      operation.putArray("security");
    }
    ArrayNode list = operation.putArray("parameters");
    if (!open) {
      list.addObject().put("$ref", "#/components/parameters/site-of-token");
    }
    Matcher templates = TEMPLATE.matcher(call.path());
    while (templates.find()) {
      list.add(ParameterWriter.template(templates.group(1)));
    }
    parameters.of(call.method(), comment).forEach(list::add);
    body(call).ifPresent(body -> operation.set("requestBody", body));
    operation.set("responses", responses(call));
    return operation;
  }

  static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** What is sent: the one parameter without an annotation. */
  private Optional<ObjectNode> body(Call call) {
    return Arrays.stream(call.method().getParameters())
        .filter(parameter -> ParameterWriter.isBody(parameter))
        .map(Parameter::getParameterizedType)
        .findFirst()
        .map(
            type -> {
              Consumes consumes = call.method().getAnnotation(Consumes.class);
              String media = consumes == null ? MediaType.APPLICATION_JSON : consumes.value()[0];
              ObjectNode body = JSON.objectNode().put("required", true);
              body.putObject("content").putObject(media).set(SCHEMA, schemas.sent(type));
              return body;
            });
  }

  private ObjectNode responses(Call call) {
    ObjectNode responses = JSON.objectNode();
    Answer[] answers = call.method().getAnnotationsByType(Answer.class);
    for (Answer answer : answers) {
      responses.set(
          String.valueOf(answer.status()), response(capital(answer.when()), answer.body(), call));
    }
    Class<?> type = call.method().getReturnType();
    if (answers.length == 0) {
      String status = type == void.class ? "204" : "200";
      responses.set(status, response("Done", call.method().getGenericReturnType(), call));
    }
    responses.putObject("default").put("$ref", "#/components/responses/problem");
    return responses;
  }

  private ObjectNode response(String when, java.lang.reflect.Type body, Call call) {
    ObjectNode response = JSON.objectNode().put(DESCRIPTION, when);
    if (body != void.class) {
      response.putObject("content").putObject(media(body, call)).set(SCHEMA, content(body, call));
    }
    return response;
  }

  private ObjectNode content(java.lang.reflect.Type body, Call call) {
    boolean document = body == InputStream.class && media(body, call).contains("json");
    return document ? JSON.objectNode().put("type", "object") : schemas.answered(body);
  }

  private static String media(java.lang.reflect.Type body, Call call) {
    if (body == ProblemDocument.class) {
      return PROBLEM;
    }
    Produces own = call.method().getAnnotation(Produces.class);
    Produces produces = own == null ? call.resource().getAnnotation(Produces.class) : own;
    return produces.value()[0].replaceAll(";.*$", "");
  }

  /** One address that answers in two forms is one operation; the JSON comes first. */
  private static ObjectNode both(ObjectNode one, ObjectNode other) {
    boolean json = one.at("/responses/200/content").has(MediaType.APPLICATION_JSON);
    ObjectNode first = json ? one : other;
    ObjectNode second = json ? other : one;
    ((ObjectNode) first.at("/responses/200/content"))
        .setAll((ObjectNode) second.at("/responses/200/content"));
    String also = "Also as a table: " + second.get("summary").asText() + ".";
    String more = first.path(DESCRIPTION).asText();
    return first.put(DESCRIPTION, (more + " " + also).strip());
  }

  private ObjectNode components() {
    ObjectNode components = JSON.objectNode();
    ObjectNode problem = components.putObject("responses").putObject("problem");
    problem.put(DESCRIPTION, "It was refused, or it failed: why, and what to do about it");
    problem
        .putObject("content")
        .putObject(PROBLEM)
        .set(SCHEMA, schemas.answered(ProblemDocument.class));
    ObjectNode site = components.putObject("parameters").putObject("site-of-token");
    site.put("name", TokenFilter.SITE)
        .put("in", "header")
        .put(
            DESCRIPTION,
            "Id or name of the site whose manager gave the token; left out with the server's own")
        .putObject(SCHEMA)
        .put("type", "string");
    components
        .putObject("securitySchemes")
        .putObject(TOKEN)
        .put("type", "http")
        .put("scheme", "bearer")
        .put(
            DESCRIPTION,
            "The server's own token, or a manager's with the header " + TokenFilter.SITE);
    components.set("schemas", schemas.all());
    return components;
  }
}
