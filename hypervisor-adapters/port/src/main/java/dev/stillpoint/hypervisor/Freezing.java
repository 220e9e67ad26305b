package dev.stillpoint.hypervisor;

/** Whether the guest's file systems are frozen while a snapshot of a running VM is taken. */
public enum Freezing {
  /** We do not ask; a manager may do so by itself, and does not tell. */
  NONE,
  /** We ask; a guest that cannot is backed up all the same, and the restore point says so. */
  TRY,
  /** We ask; without it there is no backup. */
  REQUIRE
}
