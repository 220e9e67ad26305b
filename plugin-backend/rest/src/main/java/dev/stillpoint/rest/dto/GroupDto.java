package dev.stillpoint.rest.dto;

import dev.stillpoint.group.Collective;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.group.LoadOrder;
import dev.stillpoint.group.OrderBy;
import dev.stillpoint.rest.openapi.Words;
import java.util.Optional;

/**
 * In which order VMs are read; what is absent the server's configuration says.
 *
 * @param order {@code highest-load}, {@code load-per-time}, {@code fifo}, {@code smallest}, {@code
 *     longest}
 * @param by {@code vm}, {@code host}, {@code storage}
 * @param collective {@code sum}, {@code mean}
 * @param batchSize so many share a snapshot time, then the next; 0: all at once
 */
public record GroupDto(
    @Words({"highest-load", "load-per-time", "fifo", "smallest", "longest"}) Optional<String> order,
    @Words({"vm", "host", "storage"}) Optional<String> by,
    @Words({"sum", "mean"}) Optional<String> collective,
    Optional<Integer> batchSize,
    Optional<Integer> readers) {

  public static GroupDto of(GroupSettings settings) {
    return new GroupDto(
        settings.order().map(LoadOrder::word),
        settings.by().map(OrderBy::word),
        settings.collective().map(Collective::word),
        settings.batchSize(),
        settings.readers());
  }

  /**
   * @throws dev.stillpoint.model.StillpointException BAD_REQUEST for a word or number that cannot
   *     be
   */
  public GroupSettings settings() {
    return new GroupSettings(
        order.map(LoadOrder::parse),
        by.map(OrderBy::parse),
        collective.map(Collective::parse),
        batchSize,
        readers);
  }
}
