package dev.stillpoint.hypervisor.lab.fleet;

/**
 * A disk of the fleet.
 *
 * @param format cow (with incremental backup) or raw
 * @param domain the index of its storage domain
 */
record DiskPlan(String name, long sizeBytes, String format, int domain, DiskContent content) {
  DiskPlan as(String newFormat, int newDomain) {
    return new DiskPlan(name, sizeBytes, newFormat, newDomain, content);
  }
}
