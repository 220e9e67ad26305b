package dev.stillpoint.repository.index;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.PackExtent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs in use and those that wait to be deleted. Thread-safe; the list of runs is replaced, it
 * never changes.
 */
final class LiveRuns implements DamageListener {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRuns.class);

  private final BlobStore blobs;
  private final long filterBytes;

  /** Readers of each run that a cursor holds. */
  private final Map<Run, Integer> pins = new HashMap<>();

  /** Replaced, but still being read. */
  private final Set<Run> retired = new HashSet<>();

  /** Files that nothing needs any more. */
  private final List<BlobName> leftovers = new ArrayList<>();

  /** Damaged runs that are not in use; their files are still there. */
  private final NavigableSet<Long> leftOut = new TreeSet<>();

  private final List<String> findings = new ArrayList<>();
  private volatile List<Run> runs = List.of();
  private long next = 1;
  private int highestPack = -1;

  private LiveRuns(BlobStore blobs, long filterBytes) {
    this.blobs = blobs;
    this.filterBytes = filterBytes;
  }

  /**
   * Opens all runs that are sound, as far as that shows without reading all of them. Writes
   * nothing.
   */
  static LiveRuns open(BlobStore blobs, long filterBytes) {
    LiveRuns live = new LiveRuns(blobs, filterBytes);
    NavigableSet<Long> numbers = RunNames.runs(blobs);
    NavigableSet<Long> marked = RunNames.damageMarks(blobs);
    NavigableSet<Long> replaced = new TreeSet<>();
    // A run has a higher number than those that it replaces; and the newest are the small ones,
    // whose filters fit in memory.
    List<Long> newestFirst = new ArrayList<>(numbers);
    newestFirst.sort(Comparator.reverseOrder());
    for (long number : newestFirst) {
      if (!replaced.contains(number)) {
        live.load(number, marked.contains(number), replaced);
      }
    }
    live.settle(numbers, marked, replaced);
    return live;
  }

  private void load(long number, boolean marked, Set<Long> replaced) {
    try {
      Run run = open(number, runs);
      if (marked) {
        leftOut.add(number);
        note(run.name(), "it was found damaged while it was in use");
        return;
      }
      replaced.addAll(run.replaced());
      List<Run> more = new ArrayList<>(runs);
      more.add(run);
      runs = more;
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA && e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
      leftOut.add(number);
      LOG.warn("An index run is damaged: run={}", RunNames.run(number), e);
      findings.add(e.getMessage());
    }
  }

  private void settle(NavigableSet<Long> numbers, NavigableSet<Long> marked, Set<Long> replaced) {
    List<Run> sound = new ArrayList<>(runs);
    sound.sort(Comparator.comparing(Run::age).thenComparing(Run::number).reversed());
    runs = List.copyOf(sound);
    for (long number : numbers) {
      next = Math.max(next, number + 1);
      if (replaced.contains(number)) {
        leftovers.add(RunNames.run(number));
      }
    }
    for (long number : marked) {
      next = Math.max(next, number + 1);
      if (!numbers.contains(number) || replaced.contains(number)) {
        leftovers.add(RunNames.damageMark(number));
      }
    }
  }

  /** The runs in use, newest first. Another list when they have changed. */
  List<Run> newestFirst() {
    return runs;
  }

  synchronized long takeNumber() {
    long number = next;
    next++;
    return number;
  }

  /** Opens the run that was just written, the newest of all. */
  synchronized void add(long number) {
    List<Run> more = new ArrayList<>();
    more.add(open(number, runs));
    more.addAll(runs);
    runs = List.copyOf(more);
  }

  /** Opens the merged run in the place of those that it replaces, and deletes their files. */
  synchronized void replace(List<Run> inputs, long number) {
    List<Run> rest = new ArrayList<>(runs);
    int place = rest.indexOf(inputs.get(0));
    rest.removeAll(inputs);
    rest.add(place, open(number, rest));
    runs = List.copyOf(rest);
    retire(inputs);
  }

  /** Opens a run, with its filter in memory if there is room beside those of the others. */
  private Run open(long number, List<Run> others) {
    long used = others.stream().mapToLong(Run::filterBytes).sum();
    Run run = Run.open(blobs, number, filterBytes - used);
    highestPack = Math.max(highestPack, run.highestPack());
    return run;
  }

  synchronized void dropAll() {
    List<Run> all = runs;
    runs = List.of();
    retire(all);
    dropLeftOut(leftOut());
  }

  /** Keeps the files of the runs in use until they are let go of. */
  synchronized List<Run> pin() {
    List<Run> pinned = runs;
    pinned.forEach(run -> pins.merge(run, 1, Integer::sum));
    return pinned;
  }

  synchronized void unpin(List<Run> pinned) {
    for (Run run : pinned) {
      pins.computeIfPresent(run, (key, count) -> count == 1 ? null : count - 1);
      if (!pins.containsKey(run) && retired.remove(run)) {
        delete(run);
      }
    }
  }

  /** Keeps the files of the runs in use while somebody looks at them. */
  <T> T whilePinned(Function<List<Run>, T> look) {
    List<Run> pinned = pin();
    try {
      return look.apply(pinned);
    } finally {
      unpin(pinned);
    }
  }

  /** The highest number of a pack that any run ever named, or -1. */
  synchronized int highestPack() {
    return highestPack;
  }

  /** What was found wrong so far, a sentence each. */
  synchronized List<String> findings() {
    return List.copyOf(findings);
  }

  /** Leaves out what was found damaged since. */
  synchronized void leaveOutDamaged() {
    runs.stream().filter(Run::isDamaged).map(Run::number).forEach(leftOut::add);
    runs = sound().toList();
  }

  /** Numbers of the runs that were left out. */
  synchronized NavigableSet<Long> leftOut() {
    return new TreeSet<>(leftOut);
  }

  /** Deletes the files of runs that were left out. */
  synchronized void dropLeftOut(Set<Long> numbers) {
    drop(numbers);
    leftOut.removeAll(numbers);
  }

  /** Deletes what nothing needs; what cannot be deleted now is tried again the next time. */
  synchronized void sweep() {
    for (BlobName leftover : List.copyOf(leftovers)) {
      try {
        blobs.delete(leftover);
        leftovers.remove(leftover);
      } catch (StillpointException e) {
        LOG.warn("Cannot delete a file that the index needs no more: file={}", leftover, e);
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Leaves a mark for the next opening: it reads from the packs what the run listed.
   */
  @Override
  public void damaged(Run run, String problem) {
    // A run that was replaced meanwhile has no file any more, which is no damage.
    if (runs.contains(run) && run.noteDamage()) {
      synchronized (this) {
        note(run.name(), problem);
      }
      try {
        blobs.publish(RunNames.damageMark(run.number()), new byte[0]);
      } catch (StillpointException e) {
        LOG.warn("Cannot mark an index run as damaged: run={}", run.name(), e);
      }
    }
  }

  private void note(BlobName run, String problem) {
    LOG.warn("An index run is damaged: run={} problem={}", run, problem);
    findings.add("The index run " + run + " is damaged: " + problem);
  }

  private void retire(List<Run> old) {
    for (Run run : old) {
      if (pins.containsKey(run)) {
        retired.add(run);
      } else {
        delete(run);
      }
    }
  }

  private void delete(Run run) {
    drop(Set.of(run.number()));
  }

  /** The run before its mark: a mark alone is harmless, a run without its mark would be trusted. */
  private void drop(Set<Long> numbers) {
    for (long number : numbers) {
      leftovers.add(RunNames.run(number));
      if (blobs.exists(RunNames.damageMark(number))) {
        leftovers.add(RunNames.damageMark(number));
      }
    }
    sweep();
  }

  /** The packs of which sound runs list anything. */
  BitSet listedPacks() {
    BitSet packs = new BitSet();
    sound().forEach(run -> run.extents().addPacksTo(packs));
    return packs;
  }

  /** Where the last part of the pack ends that sound runs list, 0 when they list none. */
  long listedTo(int pack) {
    return sound()
        .flatMap(run -> run.extents().ofPack(pack).stream())
        .mapToLong(PackExtent::to)
        .max()
        .orElse(0);
  }

  private Stream<Run> sound() {
    return newestFirst().stream().filter(run -> !run.isDamaged());
  }
}
