package dev.stillpoint.job;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.Stray;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.site.Sites;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists what was left behind on managers: ours, which it clears, and that of others. */
public final class Janitor {

  /** So many points of a VM may still have their checkpoint. */
  private static final int RECENT_POINTS = 5;

  private final Sites sites;
  private final JournalStore journal;
  private final Catalog catalog;
  private final Sweeper sweeper;
  private final RunQueue queue;

  public Janitor(
      Sites sites, JournalStore journal, Catalog catalog, Sweeper sweeper, RunQueue queue) {
    this.sites = sites;
    this.journal = journal;
    this.catalog = catalog;
    this.sweeper = sweeper;
    this.queue = queue;
  }

  /** What the journal lists, without what somebody works with outside of the queue. */
  public List<JournalEntry> ours() {
    return journal.all().stream().filter(entry -> !sweeper.isHeld(entry)).toList();
  }

  /**
   * Releases now what the queue would release by and by; leaves alone what unfinished runs have.
   *
   * @return why, for each that is still there
   */
  public List<Problem> clear() {
    List<JournalEntry> listed = journal.all();
    // Asked after the journal: a run that has ended since has nothing left to do with its entries.
    Set<RunId> atWork = queue.unfinished().stream().map(Run::id).collect(toUnmodifiableSet());
    return sweeper.sweepIdle(
        listed.stream().filter(entry -> !atWork.contains(entry.run())).toList());
  }

  /**
   * What looks left behind at a site and is not ours.
   *
   * @throws dev.stillpoint.model.StillpointException when the site cannot be asked
   */
  public List<Stray> others(SiteId site) {
    List<Stray> found = sites.session(site).strays().find();
    List<OutsideEffect> listed =
        journal.all().stream()
            .filter(entry -> entry.site().equals(site))
            .map(JournalEntry::effect)
            .toList();
    return found.stream().filter(stray -> !isOurs(site, stray, listed)).toList();
  }

  private boolean isOurs(SiteId site, Stray stray, List<OutsideEffect> listed) {
    return switch (stray.kind()) {
      case CHECKPOINT ->
          listed.stream().anyMatch(effect -> effect.reference().equals(stray.reference()))
              || stray.vm().filter(vm -> isOfAPoint(site, vm, stray.reference())).isPresent();
      case SNAPSHOT ->
          listed.stream()
              .filter(effect -> effect.kind() == OutsideEffect.Kind.SNAPSHOT)
              .map(effect -> Optional.ofNullable(effect.details().get(OutsideEffect.VM)))
              .anyMatch(vm -> vm.equals(stray.vm().map(VmId::value)));
      case TRANSFER, LOCKED_DISK ->
          listed.stream().anyMatch(effect -> isAbout(effect, stray.subject()));
    };
  }

  private boolean isOfAPoint(SiteId site, VmId vm, String checkpoint) {
    PointFilter recent = new PointFilter(Optional.of(site), Optional.of(vm.value()), RECENT_POINTS);
    return catalog.list(recent).stream()
        .map(RestorePoint::checkpoint)
        .anyMatch(id -> id.map(CheckpointId::value).equals(Optional.of(checkpoint)));
  }

  private static boolean isAbout(OutsideEffect effect, String disk) {
    return effect.reference().equals(disk) || effect.details().containsValue(disk);
  }
}
