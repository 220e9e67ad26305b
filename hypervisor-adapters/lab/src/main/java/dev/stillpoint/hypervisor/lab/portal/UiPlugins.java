package dev.stillpoint.hypervisor.lab.portal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UI plug-ins that an engine finds in its folders, read anew at each call: descriptors {@code
 * NAME.json} beside their resources, the administrator's {@code NAME-config.json} in a folder of
 * its own.
 */
final class UiPlugins {
  private static final Logger LOG = LoggerFactory.getLogger(UiPlugins.class);
  private static final String JSON = ".json";

  private final Path folder;
  private final Path configFolder;
  private final ObjectMapper mapper =
      JsonMapper.builder().enable(JsonParser.Feature.ALLOW_COMMENTS).build();

  UiPlugins(Path folder, Path configFolder) {
    this.folder = requireNonNull(folder, "folder");
    this.configFolder = requireNonNull(configFolder, "configFolder");
  }

  /** A descriptor with what the administrator says of it. */
  private record Found(JsonNode descriptor, JsonNode override) {
    boolean valid() {
      return isText(descriptor, "name")
          && isText(descriptor, "url")
          && (!descriptor.has("config") || descriptor.get("config").isObject())
          && (!descriptor.has("resourcePath") || isText(descriptor, "resourcePath"))
          && (!descriptor.has("lazyLoad") || descriptor.get("lazyLoad").isBoolean())
          && (!override.has("config") || override.get("config").isObject())
          && (!override.has("enabled") || override.get("enabled").isBoolean())
          && (!override.has("order") || override.get("order").isIntegralNumber());
    }

    private static boolean isText(JsonNode node, String field) {
      return node.path(field).isTextual() && !node.path(field).asText().isBlank();
    }

    int order() {
      return override.path("order").asInt(Integer.MAX_VALUE);
    }

    ObjectNode definition() {
      ObjectNode config = JsonNodeFactory.instance.objectNode();
      descriptor
          .path("config")
          .fields()
          .forEachRemaining(one -> config.set(one.getKey(), one.getValue()));
      override
          .path("config")
          .fields()
          .forEachRemaining(one -> config.set(one.getKey(), one.getValue()));
      ObjectNode definition = JsonNodeFactory.instance.objectNode();
      definition
          .put("name", descriptor.get("name").asText())
          .put("url", descriptor.get("url").asText())
          .put("lazyLoad", descriptor.path("lazyLoad").asBoolean(true))
          .put("enabled", override.path("enabled").asBoolean(true))
          .set("config", config);
      return definition;
    }
  }

  /**
   * What the page is told of each: name, url, lazyLoad, enabled, config; in the order of loading.
   */
  ArrayNode definitions() throws IOException {
    ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
    found().stream().map(Found::definition).forEach(definitions::add);
    return definitions;
  }

  /** A file of a plug-in's; empty where there is none or the path leads out of its folder. */
  Optional<Path> resource(String plugin, String file) throws IOException {
    for (Found one : found()) {
      if (one.descriptor().get("name").asText().equals(plugin)
          && one.descriptor().has("resourcePath")) {
        Path base = folder.resolve(one.descriptor().get("resourcePath").asText()).normalize();
        Path path = base.resolve(file).normalize();
        return Optional.of(path)
            .filter(found -> found.startsWith(base) && Files.isRegularFile(found));
      }
    }
    return Optional.empty();
  }

  private List<Found> found() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(JSON)).sorted().toList()) {
        String name = file.getFileName().toString();
        Path config =
            configFolder.resolve(name.substring(0, name.length() - JSON.length()) + "-config.json");
        Optional<JsonNode> descriptor = read(file);
        Optional<JsonNode> override = Files.exists(config) ? read(config) : Optional.empty();
        descriptor
            .map(node -> new Found(node, override.orElseGet(JsonNodeFactory.instance::objectNode)))
            .filter(one -> valid(one, file))
            .ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingInt(Found::order));
    return found;
  }

  private static boolean valid(Found one, Path file) {
    if (!one.valid()) {
      LOG.warn("The UI plug-in {} is left out: an attribute is missing or of the wrong kind", file);
    }
    return one.valid();
  }

  private Optional<JsonNode> read(Path file) {
    try {
      return Optional.of(mapper.readTree(Files.readAllBytes(file))).filter(JsonNode::isObject);
    } catch (IOException e) {
      LOG.warn("The UI plug-in's file {} cannot be read: {}", file, e.getMessage());
      return Optional.empty();
    }
  }
}
