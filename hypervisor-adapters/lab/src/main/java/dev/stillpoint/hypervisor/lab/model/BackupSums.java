package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.block.DiskSnapshot;
import dev.stillpoint.hypervisor.lab.block.Sums;
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

  void compute(String backup, String disk, DiskSnapshot view) {
    DiskSnapshot held = view.hold();
    sums.put(
        new Key(backup, disk),
        CompletableFuture.supplyAsync(
            () -> {
              try (held) {
                return Sums.sha256(held);
              } catch (IOException e) {
                throw new UncheckedIOException("cannot sum disk " + disk, e);
              }
            },
            worker));
  }

  /** The sum, which may still be under way; empty when the backup had no such disk. */
  public Optional<CompletableFuture<String>> find(String backup, String disk) {
    return Optional.ofNullable(sums.get(new Key(backup, disk)));
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
