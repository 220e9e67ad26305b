package dev.stillpoint.audit;

import dev.stillpoint.audit.AuditEntry.Result;
import dev.stillpoint.job.JournalEntry;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunObserver;
import dev.stillpoint.model.StillpointException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what was done. What cannot be kept stands in the server's log at least: nothing fails
 * because of it.
 */
public final class AuditTrail implements RunObserver {

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final int MAX_DETAIL = 1000;

  private final AuditLog log;
  private final InstantSource clock;

  public AuditTrail(AuditLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  public void note(String actor, String action, String subject, Result result, String detail) {
    String shortened =
        detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL - 1) + "…" : detail;
    AuditEntry entry = new AuditEntry(clock.instant(), actor, action, subject, result, shortened);
    try {
      log.add(entry);
    } catch (StillpointException e) {
      LOG.error("audit {} is not kept: {}", entry, e.getMessage());
    }
  }

  /** Something the server did of its own accord. */
  public void noteOwn(String action, String subject, Result result, String detail) {
    note(AuditEntry.SERVER, action, subject, result, detail);
  }

  @Override
  public void started(Run run, Supplier<Run> current) {
    noteOwn("run.start", "runs/" + run.id(), Result.DONE, "");
  }

  @Override
  public void ended(Run run) {
    Result result =
        switch (run.state()) {
          case FAILED -> Result.FAILED;
          case QUEUED, RUNNING, SUCCEEDED, WARNING, CANCELLED -> Result.DONE;
        };
    String state = run.state().name().toLowerCase(Locale.ROOT);
    noteOwn(
        "run.end",
        "runs/" + run.id(),
        result,
        run.problem().map(Problem::detail).map(why -> state + ": " + why).orElse(state));
  }

  /** Something of ours was taken away from a manager after the run that made it had ended. */
  public void swept(JournalEntry entry) {
    noteOwn(
        "leftover.release",
        "runs/" + entry.run(),
        Result.DONE,
        entry.effect().kind().name().toLowerCase(Locale.ROOT)
            + " "
            + entry.effect().reference()
            + " at site "
            + entry.site());
  }
}
