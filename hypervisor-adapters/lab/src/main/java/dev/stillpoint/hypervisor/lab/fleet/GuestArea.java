package dev.stillpoint.hypervisor.lab.fleet;

import java.util.List;

/**
 * Where a guest may write without harming its own file system.
 *
 * @param used existing data
 * @param free places where nothing is kept
 */
record GuestArea(List<Span> used, List<Span> free) {
  GuestArea {
    used = List.copyOf(used);
    free = List.copyOf(free);
  }

  List<Span> all() {
    return used.isEmpty() ? free : used;
  }
}
