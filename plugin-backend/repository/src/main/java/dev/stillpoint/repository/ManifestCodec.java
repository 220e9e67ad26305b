package dev.stillpoint.repository;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.JsonText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Manifests as JSON. Thread-safe. */
final class ManifestCodec {

  private static final String LAYOUT = "layout";
  private static final String STREAM = "stream";

  String encode(Manifest manifest) {
    ObjectNode json = JsonText.newObject();
    json.put("id", manifest.id().value());
    json.put("created", manifest.created().toString());
    ArrayNode images = json.putArray("images");
    for (ManifestImage image : manifest.images()) {
      images
          .addObject()
          .put("name", image.name())
          .put("sizeBytes", image.size().bytes())
          .put("dataBytes", image.dataBytes().bytes())
          .put("storedBytes", image.storedBytes().bytes())
          .put("rootHash", image.rootHash());
      if (image.layout() == ImageLayout.STREAM) {
        ((ObjectNode) images.get(images.size() - 1)).put(LAYOUT, STREAM);
      }
    }
    ObjectNode labels = json.putObject("labels");
    new TreeMap<>(manifest.labels()).forEach(labels::put);
    json.put("document", manifest.document());
    return JsonText.pretty(json);
  }

  /**
   * @throws IllegalArgumentException when the text is no manifest
   */
  Manifest decode(String text) {
    try {
      JsonNode json = JsonText.parse(text);
      List<ManifestImage> images = new ArrayList<>();
      for (JsonNode image : json.required("images")) {
        images.add(
            new ManifestImage(
                text(image, "name"),
                bytes(image, "sizeBytes"),
                bytes(image, "dataBytes"),
                bytes(image, "storedBytes"),
                ChunkId.parse(text(image, "rootHash")).toString(),
                layout(image)));
      }
      Map<String, String> labels = new TreeMap<>();
      json.required("labels")
          .fields()
          .forEachRemaining(label -> labels.put(label.getKey(), label.getValue().asText()));
      return new Manifest(
          new RestorePointId(text(json, "id")),
          Instant.parse(text(json, "created")),
          images,
          labels,
          text(json, "document"));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException("Not a manifest: " + e.getMessage(), e);
    }
  }

  /** Disks do not say it. */
  private static ImageLayout layout(JsonNode image) {
    if (!image.has(LAYOUT)) {
      return ImageLayout.GRID;
    }
    if (!text(image, LAYOUT).equals(STREAM)) {
      throw new IllegalArgumentException("Not a layout: " + image.get(LAYOUT));
    }
    return ImageLayout.STREAM;
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.required(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("Not a text: " + field);
    }
    return value.textValue();
  }

  private static ByteCount bytes(JsonNode json, String field) {
    JsonNode value = json.required(field);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException("Not an amount: " + field);
    }
    return ByteCount.ofBytes(value.longValue());
  }
}
