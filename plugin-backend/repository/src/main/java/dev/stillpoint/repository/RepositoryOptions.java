package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import java.util.Optional;

/**
 * How a new repository is made.
 *
 * @param reserve disk to claim for it; empty when it takes what it needs
 */
public record RepositoryOptions(Optional<ByteCount> reserve) {

  public RepositoryOptions {
    requireNonNull(reserve, "reserve");
  }

  /** Nothing claimed. */
  public static RepositoryOptions standard() {
    return new RepositoryOptions(Optional.empty());
  }

  public RepositoryOptions withReserve(ByteCount size) {
    return new RepositoryOptions(Optional.of(size));
  }
}
