package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.block.PointInTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The SHA-256 of every disk at the instant of every backup, computed in the background from the
 * lab's own view. Safe for use by many threads.
 */
public final class BackupSums implements AutoCloseable {
  private record Key(String backup, String disk) {}

  private final Map<Key, CompletableFuture<String>> sums = new ConcurrentHashMap<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "lab-sums");
            thread.setDaemon(true);
            return thread;
          });

  BackupSums() {}

  void compute(String backup, String disk, PointInTime view) {
    PointInTime held = view.hold();
    sums.put(
        new Key(backup, disk),
        CompletableFuture.supplyAsync(
            () -> {
              try (held) {
                return held.sha256();
              } catch (IOException e) {
                throw new UncheckedIOException("cannot sum disk " + disk, e);
              }
            },
            worker));
  }

  /**
   * The sum; waits until it is computed.
   *
   * @throws IllegalArgumentException when the backup has not taken its point in time, or had no
   *     such disk
   */
  public String await(String backup, String disk) {
    return Optional.ofNullable(sums.get(new Key(backup, disk)))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "backup " + backup + " has no point in time of disk " + disk))
        .join();
  }

  /** Returns when nothing is computed any more. Who waits for a sum that is missing is told so. */
  @Override
  public void close() {
    worker.shutdownNow();
    Ending.await(worker);
    sums.values().forEach(sum -> sum.cancel(true));
  }
}
