package dev.stillpoint.repository.index;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import dev.stillpoint.repository.format.PackSizes;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;

/**
 * Chunk id → place, on disk, in bounded memory. Thread-safe.
 *
 * <p>What was put is found at once, and is durable once the batch that it was frozen into is
 * written, as a run (see {@link RunFormat}). Of several entries for an id the one that was put last
 * counts, or the last of those whose pack is accepted, as far as those are still listed: a batch
 * and a merge keep one of each.
 *
 * <p>Heap: for 10 TiB of chunks of 64 KiB (168 million) 8 MB of fences and 4 MB of extents, twice
 * while everything is merged; beside them what {@link IndexSettings} allow, and 4 MiB of buffers
 * for each cursor or merge.
 *
 * <p>Failures are {@link StillpointException}s: OUT_OF_SPACE, STORAGE_UNAVAILABLE, and where it
 * says so CORRUPT_DATA.
 */
public final class ChunkIndex implements AutoCloseable {

  private final BlobStore blobs;
  private final IndexSettings settings;
  private final LiveRuns live;
  private final RunMerger merger;

  /** One merge at a time, and no reset beside it. */
  private final ReentrantLock merging = new ReentrantLock();

  private volatile Pending pending = new Pending(new PendingTable(), Optional.empty());
  private volatile boolean closed;

  private ChunkIndex(BlobStore blobs, IndexSettings settings, LiveRuns live) {
    this.blobs = blobs;
    this.settings = settings;
    this.live = live;
    this.merger = new RunMerger(blobs, live, settings.pendingEntries());
  }

  /**
   * Opens the runs, and writes nothing. Runs that are damaged are left out and named in {@link
   * #findings}; what only they listed is {@link #uncovered}.
   *
   * @throws StillpointException CONFLICT when another version of Stillpoint wrote a run
   */
  public static ChunkIndex open(BlobStore blobs, IndexSettings settings) {
    requireNonNull(blobs, "blobs");
    requireNonNull(settings, "settings");
    return new ChunkIndex(blobs, settings, LiveRuns.open(blobs, settings.filterBytes()));
  }

  /**
   * The newest place whose pack is accepted, a damaged one too.
   *
   * <p>A part of a run that is found damaged here says nothing; the run is then named in {@link
   * #findings}, covers nothing any more, and is left out from the next opening on.
   */
  public Optional<ChunkPlace> find(ChunkId id, IntPredicate pack) {
    // Pending entries are asked first: an entry is in a run before it leaves them.
    for (PendingTable table : pending.newestFirst()) {
      Optional<ChunkPlace> place = table.find(id).filter(found -> pack.test(found.pack()));
      if (place.isPresent()) {
        return place;
      }
    }
    while (true) {
      List<Run> runs = live.newestFirst();
      Optional<ChunkPlace> place = findIn(runs, id, pack);
      // The files of runs that were replaced meanwhile may be gone: then this answer is none.
      if (runs == live.newestFirst()) {
        return place;
      }
    }
  }

  /** Puts an entry in memory, visible at once, durable when it was frozen and written. */
  public void put(ChunkId id, ChunkPlace place) {
    requireNonNull(place, "place");
    synchronized (this) {
      pending.active().put(id, place);
    }
  }

  /** How many entries are not durable. */
  public int pending() {
    return pending.newestFirst().stream().mapToInt(PendingTable::size).sum();
  }

  /** Whether as much was put as the settings allow to keep in memory: time to freeze and write. */
  public boolean isFull() {
    return pending.active().size() >= settings.pendingEntries();
  }

  /**
   * Takes what was put so far together, to be written; it stays visible.
   *
   * @throws IllegalStateException when the batch before was neither written nor discarded
   */
  public synchronized Batch freeze() {
    if (pending.frozen().isPresent()) {
      throw new IllegalStateException("A batch is frozen already");
    }
    Batch batch = new Batch(pending.active());
    pending = new Pending(new PendingTable(), Optional.of(batch));
    return batch;
  }

  /**
   * Writes the batch as a run; on return it is durable. After a failure it is frozen still, and may
   * be written again or discarded; it may also be found when the index is opened the next time.
   *
   * @param extents parts of packs that are durable and of which every record's chunks are in this
   *     batch or in runs already
   */
  public void write(Batch batch, List<PackExtent> extents) {
    if (!pending.isFrozen(batch)) {
      throw new IllegalStateException("The batch is not the one that is frozen");
    }
    Extents listed = Extents.of(extents);
    if (batch.size() > 0 || listed.count() > 0) {
      long number = live.takeNumber();
      try (RunWriter writer =
          new RunWriter(blobs, number, batch.size(), settings.pendingEntries())) {
        SortedRecords entries = batch.entries().sorted();
        while (entries.next()) {
          writer.add(entries.buffer(), entries.offset());
        }
        writer.finish(number, listed, List.of(), -1);
      }
      live.add(number);
    }
    synchronized (this) {
      pending = new Pending(pending.active(), Optional.empty());
    }
  }

  /** Forgets everything that is not durable: what was put, and a frozen batch. */
  public synchronized void discard() {
    pending = new Pending(new PendingTable(), Optional.empty());
  }

  /**
   * Of a pack's bytes [0, size), the parts that no sound run lists: to be read from the pack when
   * the index was just opened, put as far as unknown, and written with a batch, in steps that last.
   */
  public List<PackExtent> uncovered(int pack, long sizeBytes) {
    List<PackExtent> known = new ArrayList<>();
    live.newestFirst().stream()
        .filter(run -> !run.isDamaged())
        .forEach(run -> known.addAll(run.extents().ofPack(pack)));
    known.sort(Comparator.comparing(PackExtent::from));
    List<PackExtent> gaps = new ArrayList<>();
    long end = 0;
    for (PackExtent extent : known) {
      if (extent.from() > end && end < sizeBytes) {
        gaps.add(new PackExtent(pack, end, Math.min(extent.from(), sizeBytes)));
      }
      end = Math.max(end, extent.to());
    }
    if (end < sizeBytes) {
      gaps.add(new PackExtent(pack, end, sizeBytes));
    }
    return gaps;
  }

  /** The packs of which sound runs list anything, whether they still exist or not. */
  public BitSet listedPacks() {
    return live.listedPacks();
  }

  /** Where the last part of the pack ends that sound runs list, 0 when they list none. */
  public long listedTo(int pack) {
    return live.listedTo(pack);
  }

  /** Leaves out, as the next opening would, what {@link #check} found; before all other use. */
  public void leaveOutDamaged() {
    live.leaveOutDamaged();
  }

  /**
   * Deletes the files of the runs that were left out when the index was opened, if sound ones list
   * everything: to be called when all that was uncovered then has been put and written. A run found
   * damaged later stays: who reads packs may skip what its sound parts tell.
   *
   * @param packs every pack there is
   * @return whether none of them is left
   */
  public boolean dropDamaged(PackSizes packs) {
    NavigableSet<Long> leftOut = live.leftOut();
    if (!leftOut.isEmpty()
        && packs.allMatch((pack, sizeBytes) -> uncovered(pack, sizeBytes).isEmpty())) {
      live.dropLeftOut(leftOut);
    }
    return live.leftOut().isEmpty();
  }

  /**
   * Merges runs while there are too many, beside everything else; returns soon when there is
   * nothing to do or the index is closed. Entries of packs that are not accepted are dropped. A run
   * that is found damaged is left as it is, and so are those before it.
   *
   * @param pack accepts all packs that exist, those being written included
   */
  public void merge(IntPredicate pack) {
    merging.lock();
    try {
      if (closed) {
        return;
      }
      live.sweep();
      int count = newestToMerge();
      while (count > 0 && merge(live.newestFirst().subList(0, count), pack)) {
        count = newestToMerge();
      }
    } finally {
      merging.unlock();
    }
  }

  /**
   * Merges all runs into one, as {@link #merge} does: after many packs were deleted it gives their
   * entries' space back.
   */
  public void compact(IntPredicate pack) {
    merging.lock();
    try {
      List<Run> sound = closed ? List.of() : soundRuns();
      if (!sound.isEmpty()) {
        live.sweep();
        merge(sound, pack);
      }
    } finally {
      merging.unlock();
    }
  }

  /** Tells the visitor what {@link #cursor} finds. */
  public void scan(IntPredicate pack, EntryVisitor visitor) {
    try (EntryCursor cursor = cursor(pack)) {
      while (cursor.next()) {
        visitor.entry(cursor.id(), cursor.place());
      }
    }
  }

  /**
   * All entries in the unsigned order of their ids, durable and pending, for each id the newest
   * whose pack is accepted. Entries that are put meanwhile may be missing. Nothing else is left out
   * in silence: its {@code next} throws CORRUPT_DATA at a part that is damaged.
   *
   * @throws StillpointException CORRUPT_DATA when a run in use was found damaged before
   */
  public EntryCursor cursor(IntPredicate pack) {
    List<PendingTable> tables = pending.newestFirst();
    List<Run> runs = live.pin();
    for (Run run : runs) {
      if (run.isDamaged()) {
        live.unpin(runs);
        throw Footer.corrupt(run.name(), "a part of it was found damaged before");
      }
    }
    List<SortedRecords> sources = new ArrayList<>();
    tables.forEach(table -> sources.add(table.sorted()));
    sources.addAll(RunMerger.readers(runs, live));
    return new EntryCursor(sources, pack, () -> live.unpin(runs));
  }

  /** How many entries there are, superseded ones and those of deleted packs included. */
  public long entries() {
    return pending() + live.newestFirst().stream().mapToLong(Run::entries).sum();
  }

  /** Heap that the entries in memory and the open runs take, in bytes, nearly. */
  public long heapBytes() {
    return pending.newestFirst().stream().mapToLong(PendingTable::heapBytes).sum()
        + live.newestFirst().stream().mapToLong(Run::heapBytes).sum();
  }

  /** For how many ids {@link #find} returns a place that is marked damaged. */
  public long damaged(IntPredicate pack) {
    List<PendingTable> tables = pending.newestFirst();
    return live.whilePinned(runs -> new DamagedEntries(tables, runs, live).count(pack));
  }

  /** What was found wrong with runs since the index was opened, a sentence each. */
  public List<String> findings() {
    return live.findings();
  }

  /** The highest number of a pack that any sound run ever named, or -1. */
  public int highestPack() {
    return live.highestPack();
  }

  /**
   * Reads all runs and compares everything with its checksum.
   *
   * @return what is wrong, a sentence each; those of {@link #findings} that are new among them
   * @throws StillpointException CANCELLED
   */
  public List<String> check(Cancellation cancellation) {
    return live.whilePinned(runs -> new RunCheck(blobs, live, cancellation).check(runs));
  }

  /**
   * Deletes all runs and forgets what is pending, to build the index again: the caller then puts
   * what all packs hold. Nobody else may use the index meanwhile.
   */
  public void reset() {
    merging.lock();
    try {
      discard();
      live.dropAll();
    } finally {
      merging.unlock();
    }
  }

  /** Stops a merge and waits until it has stopped. What is not durable is forgotten. */
  @Override
  public void close() {
    closed = true;
    merging.lock();
    try {
      discard();
    } finally {
      merging.unlock();
    }
  }

  private Optional<ChunkPlace> findIn(List<Run> runs, ChunkId id, IntPredicate pack) {
    for (Run run : runs) {
      Optional<ChunkPlace> place = run.find(id, live).filter(found -> pack.test(found.pack()));
      if (place.isPresent()) {
        return place;
      }
    }
    return Optional.empty();
  }

  private int newestToMerge() {
    List<Long> entries = soundRuns().stream().map(Run::entries).toList();
    return MergePlan.newestToMerge(entries, settings.pendingEntries() / 4, settings.maxRuns());
  }

  /** Those that are newer than any damaged one. */
  private List<Run> soundRuns() {
    return live.newestFirst().stream().takeWhile(run -> !run.isDamaged()).toList();
  }

  /** Returns whether to go on. */
  private boolean merge(List<Run> inputs, IntPredicate pack) {
    long number = live.takeNumber();
    try {
      if (!merger.merge(inputs, number, pack, () -> closed)) {
        return false;
      }
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.CORRUPT_DATA && inputs.stream().anyMatch(Run::isDamaged)) {
        return true;
      }
      throw e;
    }
    live.replace(inputs, number);
    return true;
  }

  /** What is not durable; replaced as a whole. */
  private record Pending(PendingTable active, Optional<Batch> frozen) {

    List<PendingTable> newestFirst() {
      return frozen.isPresent() ? List.of(active, frozen.get().entries()) : List.of(active);
    }

    boolean isFrozen(Batch batch) {
      return frozen.isPresent() && frozen.get() == batch;
    }
  }
}
