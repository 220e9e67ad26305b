package dev.stillpoint.repository.maintenance;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.repository.format.ChunkId;

/**
 * A map that is needed.
 *
 * @param id of its highest node, never a hole
 * @param owner whose it is, for the figures; empty for nobody's
 */
public record Root(ChunkId id, String owner) {

  public Root {
    requireNonNull(id, "id");
    requireNonNull(owner, "owner");
  }
}
