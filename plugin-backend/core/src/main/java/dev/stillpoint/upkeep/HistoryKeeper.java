package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.audit.AuditLog;
import dev.stillpoint.history.RunHistory;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets old runs and old entries of the audit log. Metering counts points, and keeps them. */
public final class HistoryKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryKeeper.class);

  private final RunHistory runs;
  private final AuditLog audit;
  private final HistorySettings settings;
  private final UpkeepListener listener;

  public HistoryKeeper(
      RunHistory runs, AuditLog audit, HistorySettings settings, UpkeepListener listener) {
    this.runs = requireNonNull(runs, "runs");
    this.audit = requireNonNull(audit, "audit");
    this.settings = requireNonNull(settings, "settings");
    this.listener = requireNonNull(listener, "listener");
  }

  void forget(Instant now) {
    int runsGone = settings.runs().map(time -> runs.forgetBefore(before(now, time))).orElse(0);
    int entries = settings.audit().map(time -> audit.forgetBefore(before(now, time))).orElse(0);
    if (runsGone > 0 || entries > 0) {
      LOG.info("upkeep forgot runs={} audit={}", runsGone, entries);
      listener.forgot(runsGone, entries);
    }
  }

  private static Instant before(Instant now, Period time) {
    return now.atZone(ZoneOffset.UTC).minus(time).toInstant();
  }
}
