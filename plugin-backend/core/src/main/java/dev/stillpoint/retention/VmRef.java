package dev.stillpoint.retention;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;

/** A VM of a site. */
public record VmRef(SiteId site, VmId vm) {

  public VmRef {
    requireNonNull(site, "site");
    requireNonNull(vm, "vm");
  }
}
