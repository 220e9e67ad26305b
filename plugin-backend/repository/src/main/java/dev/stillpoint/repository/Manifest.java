package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.RestorePointId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The small document that makes a restore point: where it exists, the point does.
 *
 * @param id the restore point
 * @param created when it was committed
 * @param images its disk images in the order in which they were started
 * @param labels for searching; any keys and values
 * @param document what the caller wants back unchanged, such as a machine's settings
 */
public record Manifest(
    RestorePointId id,
    Instant created,
    List<ManifestImage> images,
    Map<String, String> labels,
    String document) {

  /** The key of the label that says whose the point is: a virtual machine's id or name. */
  public static final String OWNER_LABEL = "vm";

  public Manifest {
    requireNonNull(id, "id");
    requireNonNull(created, "created");
    images = List.copyOf(images);
    labels = Map.copyOf(labels);
    requireNonNull(document, "document");
  }
}
