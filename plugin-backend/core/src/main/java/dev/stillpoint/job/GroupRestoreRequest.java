package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Give several VMs back, one after the other.
 *
 * @param group what they are to whoever asks: the name of the manager's group
 * @param parts in this order; at least one
 * @param stopsAtFailure after one that fails none is begun; else the others go on
 */
public record GroupRestoreRequest(String group, List<RestoreRequest> parts, boolean stopsAtFailure)
    implements Restores {

  public GroupRestoreRequest {
    requireNonNull(group, "group");
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("A restore names at least one VM");
    }
  }

  @Override
  public List<VmTask> tasks() {
    return parts.stream().flatMap(part -> part.tasks().stream()).toList();
  }
}
