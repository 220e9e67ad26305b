package dev.stillpoint.hypervisor.lab.fleet;

import java.util.List;

/**
 * A VM of the fleet; the first disk is the one to boot from.
 *
 * @param networks the index of the network of each of its cards
 */
record VmPlan(
    String name,
    String description,
    boolean up,
    int cores,
    long memoryBytes,
    List<Integer> networks,
    List<DiskPlan> disks) {
  VmPlan {
    networks = List.copyOf(networks);
    disks = List.copyOf(disks);
  }
}
