package dev.stillpoint.protection;

/** By what the list of VMs can be sorted; what is equal stands by its name. */
public enum ProtectionSort {
  /** As people count: web2 before web10. */
  NAME,
  /** By the newest point; VMs without one are the first. */
  LAST,
  /** By the next start; VMs without one are the first. */
  NEXT,
  POINTS,
  /** By what nobody else needs. */
  OWN
}
