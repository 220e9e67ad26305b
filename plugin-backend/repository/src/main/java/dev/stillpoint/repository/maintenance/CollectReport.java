package dev.stillpoint.repository.maintenance;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import java.time.Duration;
import java.util.List;

/**
 * What a collection did, or in a dry run would do.
 *
 * @param dryRun whether nothing was done
 * @param packsExamined packs that were looked at
 * @param packsDeleted packs that were deleted, the rewritten ones among them
 * @param packsRewritten packs whose needed content was stored again
 * @param before length of all packs at the beginning
 * @param after length of all packs at the end; in a dry run about what would be left
 * @param waiting length of the packs that nobody needs any more but that the next collection
 *     deletes, because somebody was at work who began before this one
 * @param reclaimable garbage that is left in packs: in those that wait, and in those that are kept
 * @param duration how long it took
 * @param reasons what was done and not done, and why; a sentence each
 */
public record CollectReport(
    boolean dryRun,
    int packsExamined,
    int packsDeleted,
    int packsRewritten,
    ByteCount before,
    ByteCount after,
    ByteCount waiting,
    ByteCount reclaimable,
    Duration duration,
    List<String> reasons) {

  public CollectReport {
    requireNonNull(before, "before");
    requireNonNull(after, "after");
    requireNonNull(waiting, "waiting");
    requireNonNull(reclaimable, "reclaimable");
    requireNonNull(duration, "duration");
    reasons = List.copyOf(reasons);
  }
}
