package dev.stillpoint.hypervisor.lab.model;

import static java.util.Objects.requireNonNull;

/**
 * What a disk is made as.
 *
 * @param format cow or raw
 * @param contentType data or iso
 * @param domain the id of its storage domain
 */
public record DiskSpec(
    String name,
    String description,
    String format,
    boolean sparse,
    long sizeBytes,
    boolean incremental,
    String contentType,
    String domain) {
  public DiskSpec {
    requireNonNull(name, "name");
    requireNonNull(description, "description");
    requireNonNull(contentType, "contentType");
    requireNonNull(domain, "domain");
    if (!format.equals("cow") && !format.equals("raw")) {
      throw EngineFault.wrong("Invalid disk format: " + format);
    }
    if (sizeBytes <= 0) {
      throw EngineFault.incomplete("Disk [provisionedSize|size] required for add");
    }
  }

  boolean isCow() {
    return format.equals("cow");
  }
}
