package dev.stillpoint.repository.maintenance;

import static dev.stillpoint.repository.maintenance.Quarantine.union;
import static dev.stillpoint.repository.maintenance.Quarantine.without;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.PackKeeper;
import dev.stillpoint.repository.maintenance.CollectPlan.Action;
import dev.stillpoint.repository.sort.RecordSorter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One collection, in rounds. Each round surveys what is needed; deletes of the packs that earlier
 * rounds condemned those that are still not needed; condemns others; and stores again what is
 * needed of those. So a pack is deleted only after two surveys, the second made wholly after new
 * points could no longer build on it, and after everybody who was at work at the first has ended.
 *
 * <p>A crash at any point loses nothing: a pack is needed until everything needed of it is durable
 * elsewhere, and what is written down before each step is enough to go on. Used once, by one
 * thread.
 */
final class CollectRun {

  private static final Logger LOG = LoggerFactory.getLogger(CollectRun.class);

  /** More are of no use: what is left after so many waits for the next collection. */
  private static final int MAX_ROUNDS = 10;

  /** The disk is asked once to remember so many; a listener hears of it in between. */
  private static final int DELETED_AT_ONCE = 1_000;

  /** The index is written anew when more than this part of the packs was deleted. */
  private static final int MUCH = 8;

  private final CollectContext context;
  private final Collector collector;
  private final CollectOptions options;
  private final Cancellation cancellation;
  private final MaintenanceListener listener;
  private final PackKeeper keeper;
  private final Instant begun;
  private final ByteCount before;
  private final List<String> reasons = new ArrayList<>();
  private Map<String, OwnerUsage> owners = Map.of();
  private int examined;
  private int deleted;
  private int rewritten;
  private long waitingBytes;
  private long keptGarbageBytes;

  CollectRun(
      CollectContext context,
      Collector collector,
      CollectOptions options,
      Cancellation cancellation,
      MaintenanceListener listener) {
    this.context = context;
    this.collector = collector;
    this.options = options;
    this.cancellation = cancellation;
    this.listener = listener;
    this.keeper = context.chunks().keeper();
    this.begun = context.clock().instant();
    this.before = ByteCount.ofBytes(keeper.totalBytes());
  }

  CollectReport run() {
    try (Live live = new Live(context.sorters(), Live.Keep.STARTS)) {
      if (options.dryRun()) {
        return dryRun(live);
      }
      keeper.seal();
      boolean more = true;
      for (int round = 0; more && round < MAX_ROUNDS; round++) {
        more = round(live, round == 0);
      }
    }
    if (deleted > 0) {
      tidyIndex();
    }
    ByteCount after = ByteCount.ofBytes(keeper.totalBytes());
    CollectReport report = report(after, reclaimable());
    collector.keep(
        new UsageFigures(
            Optional.of(context.clock().instant()), after, report.reclaimable(), owners));
    LOG.info(
        "Collected repository={} packsDeleted={} packsRewritten={} bytesBefore={} bytesAfter={}"
            + " bytesWaiting={} seconds={}",
        context.blobs().location(),
        deleted,
        rewritten,
        before.bytes(),
        after.bytes(),
        waitingBytes,
        report.duration().toSeconds());
    return report;
  }

  @SuppressWarnings("try") // the epoch is only to be ended
  private CollectReport dryRun(Live live) {
    try (PackKeeper.Epoch epoch = keeper.beginCollection()) {
      Survey survey = Survey.make(context, live, cancellation, listener);
      BitSet condemned = collector.quarantine().condemned();
      CollectPlan plan = plan(survey, new BitSet());
      explain(plan, condemned);
      examined = plan.examined();
      deleted = plan.packs(Action.DELETE).cardinality() + plan.packs(Action.REWRITE).cardinality();
      rewritten = plan.packs(Action.REWRITE).cardinality();
      long freed = plan.garbageBytes(Action.DELETE) + plan.garbageBytes(Action.REWRITE);
      return report(ByteCount.ofBytes(before.bytes() - freed), ByteCount.ofBytes(freed));
    }
  }

  /** Returns whether another round can delete something. */
  @SuppressWarnings("try") // the epoch is only to be ended
  private boolean round(Live live, boolean first) {
    cancellation.throwIfRequested();
    boolean quiet = collector.isQuiet();
    BitSet moved = new BitSet();
    try (PackKeeper.Epoch epoch = keeper.beginCollection()) {
      Survey survey = Survey.make(context, live, cancellation, listener);
      if (first) {
        examined = survey.examined();
        owners = survey.owners();
      }
      pardonNeeded(survey);
      if (quiet) {
        deleteDead(survey);
      }
      BitSet dead = collector.quarantine().dead();
      waitingBytes = survey.bytes(dead);
      CollectPlan plan = plan(survey, union(dead, collector.quarantine().deleted()));
      keptGarbageBytes = plan.garbageBytes(Action.KEEP) + plan.garbageBytes(Action.KEEP_DAMAGED);
      keptGarbageBytes += plan.garbageBytes(Action.WAIT);
      explain(plan, new BitSet());
      pardonHalfMoved(plan);
      BitSet taken = condemn(plan);
      if (taken.isEmpty()) {
        return false;
      }
      waitingBytes += survey.bytes(taken);
      BitSet moving = taken(taken, plan.packs(Action.REWRITE));
      if (!moving.isEmpty()) {
        moved = rewrite(survey, moving);
        waitingBytes -= survey.bytes(without(moving, moved));
      }
    }
    rewritten += moved.cardinality();
    return collector.isQuiet();
  }

  private CollectPlan plan(Survey survey, BitSet leftOut) {
    long room = Math.max(0, context.blobs().free().bytes() - context.slackBytes());
    return CollectPlan.of(
        survey.withGarbage(leftOut), survey.examined(), options.rewriteBelowPercent(), room);
  }

  /** What was condemned as not needed, and is: a point has come to need it in some other way. */
  private void pardonNeeded(Survey survey) {
    BitSet needed = new BitSet();
    collector.quarantine().dead().stream().filter(survey::needs).forEach(needed::set);
    if (!needed.isEmpty()) {
      LOG.error("Condemned packs are needed again and stay: packs={}", needed);
      pardon(needed);
    }
  }

  /** A move that ended early is gone on with, or given up. */
  private void pardonHalfMoved(CollectPlan plan) {
    BitSet left = without(collector.quarantine().moving(), plan.packs(Action.REWRITE));
    left.andNot(plan.packs(Action.DELETE));
    if (!left.isEmpty()) {
      pardon(left);
    }
  }

  /** Written down first: what the quarantine lists must never be built on. */
  private void pardon(BitSet packs) {
    collector.change(collector.quarantine().withPardoned(packs));
    keeper.pardon(packs);
  }

  private void deleteDead(Survey survey) {
    BitSet gone = new BitSet();
    collector.quarantine().condemned().stream()
        .filter(pack -> !survey.needs(pack))
        .forEach(gone::set);
    if (gone.isEmpty()) {
      return;
    }
    collector.change(collector.quarantine().withDeleted(gone));
    keeper.remove(gone);
    List<Integer> packs = gone.stream().boxed().toList();
    for (int from = 0; from < packs.size(); from += DELETED_AT_ONCE) {
      int to = Math.min(from + DELETED_AT_ONCE, packs.size());
      keeper.deleteFiles(packs.subList(from, to));
      deleted += to - from;
      listener.progress(MaintenanceListener.Step.DELETE, to, packs.size());
    }
  }

  /** Returns the packs on which nobody builds from now on. */
  private BitSet condemn(CollectPlan plan) {
    BitSet dead = plan.packs(Action.DELETE);
    BitSet moving = plan.packs(Action.REWRITE);
    if (dead.isEmpty() && moving.isEmpty()) {
      return new BitSet();
    }
    BitSet taken = keeper.condemn(union(dead, moving));
    collector.condemnedNow();
    Quarantine condemned =
        collector.quarantine().withCondemned(taken(taken, dead), taken(taken, moving));
    try {
      collector.change(condemned);
    } catch (RuntimeException | Error e) {
      keeper.pardon(without(taken, collector.quarantine().condemned()));
      throw e;
    }
    return taken;
  }

  private static BitSet taken(BitSet taken, BitSet some) {
    BitSet both = (BitSet) taken.clone();
    both.and(some);
    return both;
  }

  /** Returns the packs of which everything needed is durable elsewhere; the others are let go. */
  private BitSet rewrite(Survey survey, BitSet moving) {
    try (RecordSorter placed = context.sorters().ofRecords(Records.PLACED_BYTES)) {
      survey.list(moving, placed);
      Rewriter rewriter =
          new Rewriter(
              context.chunks(),
              () -> context.blobs().free(),
              context.slackBytes(),
              cancellation,
              listener);
      BitSet moved = rewriter.rewrite(placed.cursor());
      BitSet left = without(moving, moved);
      collector.change(collector.quarantine().withMoved(moved));
      if (!left.isEmpty()) {
        pardon(left);
      }
      return moved;
    }
  }

  private void tidyIndex() {
    try {
      if (before.bytes() - keeper.totalBytes() > before.bytes() / MUCH) {
        keeper.compactIndex();
      }
      forgetDeleted();
    } catch (StillpointException e) {
      // Nothing is wrong: the index lists packs that it knows to be gone.
      LOG.warn("The index still lists packs that were deleted: {}", e.getMessage());
    }
  }

  /** Of what was deleted only that must be remembered which the index still lists. */
  private void forgetDeleted() {
    Quarantine now = collector.quarantine();
    Quarantine left = now.withListed(keeper.listed(now.deleted()));
    if (!left.deleted().equals(now.deleted())) {
      collector.change(left);
    }
  }

  private void explain(CollectPlan plan, BitSet waiting) {
    reasons.clear();
    for (Action action : Action.values()) {
      BitSet packs = plan.packs(action);
      if (!packs.isEmpty()) {
        reasons.add(
            "%s: %d packs with %s of garbage: %s"
                .formatted(
                    action,
                    packs.cardinality(),
                    ByteCount.ofBytes(plan.garbageBytes(action)),
                    action.reason()));
      }
    }
    if (!waiting.isEmpty()) {
      reasons.add("%d packs wait from an earlier collection".formatted(waiting.cardinality()));
    }
  }

  private ByteCount reclaimable() {
    return ByteCount.ofBytes(waitingBytes + keptGarbageBytes);
  }

  private CollectReport report(ByteCount after, ByteCount reclaimable) {
    return new CollectReport(
        options.dryRun(),
        examined,
        deleted,
        rewritten,
        before,
        after,
        ByteCount.ofBytes(waitingBytes),
        reclaimable,
        Duration.between(begun, context.clock().instant()),
        reasons);
  }
}
