package dev.stillpoint.event;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where one listener finds what has changed since he last looked: the newest of each thing, however
 * long he was away. Thread-safe.
 */
public final class Mailbox implements AutoCloseable {

  private static final int MOST = 1000;

  private final Map<String, Change> waiting = new LinkedHashMap<>();
  private final Runnable onClose;
  private boolean closed;

  Mailbox(Runnable onClose) {
    this.onClose = onClose;
  }

  /** A listener who is so far behind that even this is too much has to begin anew. */
  synchronized void put(Change change) {
    if (closed) {
      return;
    }
    waiting.merge(change.key(), change, (earlier, later) -> later.after(earlier));
    if (waiting.size() > MOST) {
      waiting.clear();
      closed = true;
    }
    notifyAll();
  }

  /**
   * Waits until something has changed, and takes it.
   *
   * @return nothing in it: nothing changed within that time; empty: there will be no more
   */
  public synchronized Optional<List<Change>> take(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (waiting.isEmpty() && !closed) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return Optional.of(List.of());
      }
      wait(left);
    }
    if (closed) {
      return Optional.empty();
    }
    List<Change> taken = List.copyOf(waiting.values());
    waiting.clear();
    return Optional.of(taken);
  }

  /** No more is put in; who waits is told. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      waiting.clear();
      notifyAll();
    }
    onClose.run();
  }
}
