package dev.stillpoint.history;

/** By what a list of runs is sorted. */
public enum RunSort {
  /** When they were asked for. */
  TIME,
  READ,
  STORED
}
