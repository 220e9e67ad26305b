package dev.stillpoint.group;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A VM that waits to be read, or is being read, as far as it matters for the order.
 *
 * @param position its place in the run, which also names it
 * @param load bytes that its guest reads and writes in a second
 * @param bytes predicted to be read
 * @param seconds predicted from the start of its reading until its snapshot is gone
 * @param host where it runs; empty where it does not, or nobody told
 * @param storages where its disks lie
 */
public record Candidate(
    int position,
    String name,
    double load,
    double bytes,
    double seconds,
    String host,
    List<String> storages) {

  public Candidate {
    requireNonNull(name, "name");
    requireNonNull(host, "host");
    storages = List.copyOf(storages);
    requireAmount(load);
    requireAmount(bytes);
    requireAmount(seconds);
  }

  private static void requireAmount(double figure) {
    if (!(figure >= 0) || Double.isInfinite(figure)) {
      throw new IllegalArgumentException("Not an amount: " + figure);
    }
  }

  public Candidate withLoad(double newLoad) {
    return new Candidate(position, name, newLoad, bytes, seconds, host, storages);
  }

  public Candidate withSeconds(double newSeconds) {
    return new Candidate(position, name, load, bytes, newSeconds, host, storages);
  }
}
