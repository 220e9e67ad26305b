package dev.stillpoint.hypervisor.lab.imageio;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tickets that are valid now. Safe for use by many threads. */
final class Tickets {
  private final Map<String, HeldTicket> valid = new ConcurrentHashMap<>();
  private volatile boolean reachable = true;

  Optional<HeldTicket> find(String id) {
    return reachable ? Optional.ofNullable(valid.get(id)) : Optional.empty();
  }

  void add(HeldTicket ticket) {
    valid.put(ticket.id(), ticket);
  }

  /** From now on the ticket is refused; requests that run go on. */
  void remove(HeldTicket ticket) {
    valid.remove(ticket.id());
  }

  /** No ticket can be found until {@link #restore}. */
  void hide() {
    reachable = false;
  }

  boolean areHidden() {
    return !reachable;
  }

  /** Tickets can be found again, the old ones too unless they were lost. */
  void restore(boolean withTickets) {
    if (!withTickets) {
      valid.clear();
    }
    reachable = true;
  }
}
