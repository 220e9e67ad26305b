package dev.stillpoint.offline;

import dev.stillpoint.terminal.Progress;
import dev.stillpoint.terminal.ProgressBar;
import dev.stillpoint.terminal.RateMeter;
import dev.stillpoint.terminal.Surroundings;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows on a terminal how far a command is; elsewhere it shows nothing. Any thread adds, one shows.
 */
final class WorkProgress implements AutoCloseable {

  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final Surroundings around;
  private final String label;
  private final long totalBytes;
  private final AtomicLong done = new AtomicLong();
  private final RateMeter rate = new RateMeter();

  WorkProgress(Surroundings around, String label, long totalBytes) {
    this.around = around;
    this.label = label;
    this.totalBytes = totalBytes;
  }

  void add(long bytes) {
    done.addAndGet(bytes);
  }

  void show() {
    if (around.columns() > 0) {
      Progress progress = new Progress(done.get(), totalBytes, false);
      rate.note(around.nanoTicker().getAsLong(), progress.doneBytes());
      print(
          CLEAR_LINE + ProgressBar.line(label, progress, rate.bytesPerSecond(), around.columns()));
    }
  }

  /** The line goes: what comes after it is the answer. */
  @Override
  public void close() {
    if (around.columns() > 0) {
      print(CLEAR_LINE);
    }
  }

  private void print(String text) {
    around.err().print(text);
    around.err().flush();
  }
}
