package dev.stillpoint.hypervisor.lab.model;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tickets that are valid now. Safe for use by many threads. */
public final class Tickets {
  private final Map<String, Ticket> valid = new ConcurrentHashMap<>();

  public Tickets() {}

  public Optional<Ticket> find(String id) {
    return Optional.ofNullable(valid.get(id));
  }

  void add(Ticket ticket) {
    valid.put(ticket.id(), ticket);
  }

  /** From now on the ticket is refused; requests that run go on. */
  public void remove(Ticket ticket) {
    valid.remove(ticket.id());
  }
}
