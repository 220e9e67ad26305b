package dev.stillpoint.upkeep;

import dev.stillpoint.job.Run;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.testing.InMemoryHoldStore;
import dev.stillpoint.testing.InMemoryPointLedger;
import dev.stillpoint.testing.InMemoryPolicyStore;
import dev.stillpoint.testing.InMemorySightingStore;
import dev.stillpoint.testing.InMemorySpaceStore;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The upkeep on the whole core, with clocks that move when told. */
final class UpkeepBench implements AutoCloseable {

  final Workbench bench;

  /** What was asked to be forgotten. */
  final ForgottenHistory history = new ForgottenHistory();

  final InMemoryPolicyStore policies = new InMemoryPolicyStore();
  final InMemoryHoldStore holds = new InMemoryHoldStore();
  final InMemorySightingStore sightings = new InMemorySightingStore();
  final InMemorySpaceStore space = new InMemorySpaceStore();
  final InMemoryPointLedger ledger;
  final RetentionPlans plans;
  final Expirer expirer;
  final Collecting collecting;
  final Upkeep upkeep;
  final FreedSpace freed;
  final List<String> told = new ArrayList<>();

  /** The runs that are queued or running, as the expirer is told. */
  final List<Run> unfinished = new ArrayList<>();

  private final AtomicLong nanos = new AtomicLong();

  UpkeepBench(Path directory) {
    bench = new Workbench(directory);
    ledger = new InMemoryPointLedger(bench.catalog);
    plans =
        new RetentionPlans(
            bench.repository, policies, ledger, holds, sightings, Duration.ofDays(7));
    UpkeepListener listener =
        new UpkeepListener() {
          @Override
          public void expired(KeptPoint point, String who, String reason) {
            told.add(reason);
          }

          @Override
          public void collected(CollectState.Outcome outcome) {}

          @Override
          public void forgot(int runs, int entries) {}
        };
    expirer =
        new Expirer(
            new Expirer.Stores(bench.repository, bench.catalog, ledger, sightings, bench.journal),
            plans,
            bench.sweeper,
            () -> unfinished,
            bench.clock,
            listener);
    collecting = new Collecting(bench.repository, bench.clock, listener);
    upkeep =
        new Upkeep(
            bench.sites,
            bench.repository,
            new Upkeep.Stores(
                ledger,
                sightings,
                space,
                new HistoryKeeper(history, history, HistorySettings.standard(), listener)),
            expirer,
            collecting,
            CollectSettings.standard(),
            new Upkeep.Clocks(bench.clock, nanos::get));
    freed = new FreedSpace(bench.repository, bench.catalog, ledger);
  }

  /** Time goes by, an hour at a time, with a look each hour. */
  void hours(int count) {
    for (int i = 0; i < count; i++) {
      passes(Duration.ofHours(1));
      upkeep.look();
    }
  }

  /** The same, a day at a time. */
  void days(int count) {
    for (int i = 0; i < count; i++) {
      passes(Duration.ofDays(1));
      upkeep.look();
    }
  }

  void passes(Duration time) {
    bench.clock.advance(time);
    nanos.addAndGet(time.toNanos());
  }

  void keep(Policy policy) {
    policies.put(policy);
  }

  List<String> points() {
    return bench.points().stream().map(point -> point.id().value()).toList();
  }

  KeptPoint kept(RestorePointId id) {
    return expirer.kept(bench.catalog.find(id).orElseThrow());
  }

  void collected() {
    for (int i = 0; collecting.state().running().isPresent(); i++) {
      if (i > 6000) {
        throw new AssertionError("The collection does not end");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    upkeep.close();
    collecting.close();
    bench.close();
  }
}
