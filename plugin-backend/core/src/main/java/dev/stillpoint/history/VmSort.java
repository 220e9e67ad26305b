package dev.stillpoint.history;

/** By what a list of VMs is sorted. */
public enum VmSort {
  NAME,
  /** When the last run ended. */
  ENDED
}
