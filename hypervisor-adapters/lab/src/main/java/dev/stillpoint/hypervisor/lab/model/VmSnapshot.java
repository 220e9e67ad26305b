package dev.stillpoint.hypervisor.lab.model;

import java.time.Instant;

/**
 * A snapshot as the engine lists it; "active" is the running state itself.
 *
 * @param type active or regular
 */
public record VmSnapshot(String id, String description, Instant date, boolean locked, String type) {
  VmSnapshot withLocked(boolean nowLocked) {
    return new VmSnapshot(id, description, date, nowLocked, type);
  }
}
