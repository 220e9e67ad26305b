package dev.stillpoint.rest.dto;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.repository.SpaceReport;
import java.util.List;
import java.util.Optional;

/** The repository and its space; its findings are sentences about files damaged or missing. */
public record RepositoryDto(
    String directory,
    int points,
    Optional<Long> reserveBytes,
    long claimedBytes,
    long usedBytes,
    Optional<Long> reclaimableBytes,
    long freeBytes,
    long diskFreeBytes,
    List<String> findings) {

  public static RepositoryDto of(String directory, SpaceReport space, List<String> findings) {
    return new RepositoryDto(
        directory,
        space.points(),
        space.reserve().map(ByteCount::bytes),
        space.claimed().bytes(),
        space.used().bytes(),
        space.reclaimable().map(ByteCount::bytes),
        space.free().bytes(),
        space.diskFree().bytes(),
        findings);
  }
}
