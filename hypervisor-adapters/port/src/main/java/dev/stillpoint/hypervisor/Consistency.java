package dev.stillpoint.hypervisor;

/** In which state a snapshot found the guest's file systems, where that is known. */
public enum Consistency {
  /** As after a power cut: what the guest had not written yet is missing. */
  CRASH,
  /** Flushed and at rest: frozen by the guest's agent, or no guest ran. */
  FILESYSTEM
}
