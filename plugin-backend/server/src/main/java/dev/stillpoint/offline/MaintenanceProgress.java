package dev.stillpoint.offline;

import dev.stillpoint.repository.maintenance.MaintenanceListener;
import dev.stillpoint.terminal.Progress;
import dev.stillpoint.terminal.ProgressBar;
import dev.stillpoint.terminal.RateMeter;
import dev.stillpoint.terminal.Surroundings;
import java.util.Locale;
import java.util.Optional;

/** Shows on a terminal how far a maintenance is; elsewhere it shows nothing. Thread-safe. */
final class MaintenanceProgress implements MaintenanceListener, AutoCloseable {

  private static final String CLEAR_LINE = "\r\u001b[2K";
  private static final long REDRAW_NANOS = 250_000_000;

  private final Surroundings around;
  private Optional<Step> shown = Optional.empty();
  private RateMeter rate = new RateMeter();
  private long lastNanos;

  MaintenanceProgress(Surroundings around) {
    this.around = around;
  }

  @Override
  public synchronized void progress(Step step, long done, long total) {
    if (around.columns() == 0) {
      return;
    }
    long now = around.nanoTicker().getAsLong();
    boolean first = !shown.equals(Optional.of(step));
    if (!first && now - lastNanos < REDRAW_NANOS) {
      return;
    }
    if (first) {
      rate = new RateMeter();
    }
    shown = Optional.of(step);
    lastNanos = now;
    if (countsBytes(step)) {
      rate.note(now, done);
    }
    String label = step.name().toLowerCase(Locale.ROOT);
    Progress progress = new Progress(done, total, false);
    print(CLEAR_LINE + ProgressBar.line(label, progress, rate.bytesPerSecond(), around.columns()));
  }

  private static boolean countsBytes(Step step) {
    return switch (step) {
      case MARK, DELETE -> false;
      case REWRITE, VERIFY, INDEX -> true;
    };
  }

  /** The line goes: what comes after it is the answer. */
  @Override
  public synchronized void close() {
    if (around.columns() > 0) {
      print(CLEAR_LINE);
    }
  }

  private void print(String text) {
    around.err().print(text);
    around.err().flush();
  }
}
