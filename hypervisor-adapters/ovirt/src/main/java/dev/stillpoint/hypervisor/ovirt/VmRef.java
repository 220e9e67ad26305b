package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.model.VmId;

/** A VM by its id, and by its name for messages. */
record VmRef(VmId id, String name) {

  /** For when only the id is known. */
  static VmRef of(String id) {
    return new VmRef(new VmId(id), id);
  }

  @Override
  public String toString() {
    return "VM " + name;
  }
}
