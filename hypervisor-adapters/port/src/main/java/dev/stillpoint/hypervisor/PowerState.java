package dev.stillpoint.hypervisor;

/** Whether a VM runs. */
public enum PowerState {
  UP,
  DOWN,
  /** Anything between: starting, paused, migrating, unknown. */
  OTHER
}
