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
    String domain,
    Kind kind) {
  /** What makes a disk one that the engine does not back up. */
  public enum Kind {
    /** Of one VM, on a storage domain. */
    IMAGE,
    /** Of several VMs. */
    SHAREABLE,
    /** A LUN that a VM uses as it is. */
    DIRECT_LUN;

    boolean isBackedUp() {
      return this == IMAGE;
    }
  }

  public DiskSpec {
    requireNonNull(name, "name");
    requireNonNull(description, "description");
    requireNonNull(contentType, "contentType");
    requireNonNull(domain, "domain");
    requireNonNull(kind, "kind");
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
