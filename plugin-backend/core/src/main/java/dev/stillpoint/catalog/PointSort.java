package dev.stillpoint.catalog;

/** By what a list of restore points is sorted. */
public enum PointSort {
  TIME,
  /** By name, then by time. */
  VM,
  /** Of the disks. */
  SIZE,
  STORED,
  /** What does not expire by itself comes after all that does. */
  EXPIRES
}
