package dev.stillpoint.job;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.site.Sites;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what the journal says we left on managers: after a run that failed, and at start-up
 * after a crash.
 *
 * <p>The last thing made is released first. What cannot be released stays in the journal and is
 * tried again later. A checkpoint that a restore point of the catalog needs is kept.
 */
public final class Sweeper {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  /** No use in asking that site again soon; a login refused too often locks the account. */
  private static final Set<ErrorKind> ASKED_IN_VAIN =
      EnumSet.of(ErrorKind.HYPERVISOR_UNAVAILABLE, ErrorKind.UNAUTHENTICATED);

  private final Sites sites;
  private final JournalStore journal;
  private final Catalog catalog;
  private final List<Predicate<JournalEntry>> holders = new CopyOnWriteArrayList<>();
  private final List<Consumer<JournalEntry>> observers = new CopyOnWriteArrayList<>();

  public Sweeper(Sites sites, JournalStore journal, Catalog catalog) {
    this.sites = sites;
    this.journal = journal;
    this.catalog = catalog;
  }

  /**
   * Keeps {@link #sweepIdle} off the entries of somebody who is at work outside of the queue. Ask
   * to be kept off before writing to the journal.
   */
  public void hold(Predicate<JournalEntry> holder) {
    holders.add(holder);
  }

  /**
   * Tells somebody of what {@link #sweepIdle} took away: what others had left behind, not what a
   * run releases at its end. He must return at once and never throw.
   */
  public void onRelease(Consumer<JournalEntry> observer) {
    observers.add(observer);
  }

  /** Whether somebody is at work with what the entry lists. */
  public boolean isHeld(JournalEntry entry) {
    return holders.stream().anyMatch(holder -> holder.test(entry));
  }

  /** Sweeps those of the entries that nobody holds. */
  public List<Problem> sweepIdle(List<JournalEntry> entries) {
    return sweep(
        entries.stream().filter(entry -> !isHeld(entry)).toList(),
        released -> observers.forEach(observer -> observer.accept(released)));
  }

  /**
   * Releases everything these entries list.
   *
   * <p>What is refused is tried again as long as something else moved: a checkpoint cannot be
   * deleted while the snapshot that made it is there.
   *
   * @return why, for each that could not be released; of a site that does not let us in once
   */
  public List<Problem> sweep(List<JournalEntry> entries) {
    return sweep(entries, released -> {});
  }

  private List<Problem> sweep(List<JournalEntry> entries, Consumer<JournalEntry> told) {
    Pass pass = new Pass(entries, told);
    int before;
    do {
      before = pass.left.size();
      pass = new Pass(pass.left, told);
      pass.run();
    } while (!pass.left.isEmpty() && pass.left.size() < before);
    return pass.problems;
  }

  /** One attempt at each entry, the newest first. */
  private final class Pass {

    private final List<JournalEntry> left;
    private final Consumer<JournalEntry> told;
    private final Deque<JournalEntry> open = new ArrayDeque<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<SiteId> unreachable = new HashSet<>();

    Pass(List<JournalEntry> entries, Consumer<JournalEntry> told) {
      this.told = told;
      left = new ArrayList<>(entries);
      entries.forEach(open::push);
    }

    void run() {
      while (!open.isEmpty()) {
        JournalEntry entry = open.pop();
        if (!unreachable.contains(entry.site())) {
          attempt(entry);
        }
      }
    }

    private void attempt(JournalEntry entry) {
      try {
        List<JournalEntry> revealed = release(entry);
        told.accept(entry);
        left.remove(entry);
        left.addAll(revealed);
        revealed.forEach(open::push);
      } catch (StillpointException e) {
        LOG.warn(
            "sweep run={} site={} kind={} reference={} still there: {}",
            entry.run(),
            entry.site(),
            entry.effect().kind(),
            entry.effect().reference(),
            e.getMessage());
        problems.add(Problem.of(e));
        if (ASKED_IN_VAIN.contains(e.kind())) {
          unreachable.add(entry.site());
        }
      } catch (RuntimeException e) {
        // One that an adapter cannot digest must not keep the others, and every run, from going on.
        LOG.error("sweep run={} {} failed unexpectedly", entry.run(), entry.effect(), e);
        problems.add(Problem.of(e));
      }
    }
  }

  /**
   * Releases one entry and strikes it out.
   *
   * @return what came to light and stands in the journal now
   * @throws StillpointException when it is still there
   */
  public List<JournalEntry> release(JournalEntry entry) {
    OutsideEffect effect = entry.effect();
    if (effect.kind() == OutsideEffect.Kind.CHECKPOINT && inUse(entry.site(), effect)) {
      journal.remove(entry.run(), List.of(effect));
      return List.of();
    }
    SiteSession session = sites.session(entry.site());
    List<JournalEntry> revealed =
        session.release(effect).stream()
            .map(more -> new JournalEntry(entry.run(), entry.site(), more, entry.since()))
            .toList();
    journal.exchange(entry.run(), List.of(effect), revealed);
    LOG.info(
        "sweep run={} site={} kind={} reference={} released",
        entry.run(),
        entry.site(),
        effect.kind(),
        effect.reference());
    return revealed;
  }

  /** Only the newest point's checkpoint is ever asked for again. */
  private boolean inUse(SiteId site, OutsideEffect checkpoint) {
    VmId vm = new VmId(checkpoint.details().get(OutsideEffect.VM));
    return catalog
        .newest(site, vm)
        .flatMap(RestorePoint::checkpoint)
        .filter(id -> id.value().equals(checkpoint.reference()))
        .isPresent();
  }
}
