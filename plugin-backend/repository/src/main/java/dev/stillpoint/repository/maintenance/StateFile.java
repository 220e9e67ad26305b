package dev.stillpoint.repository.maintenance;

import java.util.Optional;

/** Keeps one JSON document in the repository. Thread-safe. */
public interface StateFile {

  /**
   * The document as it was published last.
   *
   * @throws dev.stillpoint.model.StillpointException CORRUPT_DATA when it is damaged
   */
  Optional<String> load();

  /** Replaces the document at once, durably. */
  void publish(String document);
}
