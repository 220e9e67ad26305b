package dev.stillpoint.repository.maintenance;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.PackKeeper;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.index.EntryCursor;
import dev.stillpoint.repository.sort.RecordSorter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Looks at all packs: what is needed of each. Begun and ended under one epoch. */
final class Survey {

  private static final int ASK_EVERY = 1 << 16;

  private final PackKeeper keeper;
  private final Cancellation cancellation;
  private final BitSet sealed;
  private final Live live;
  private final PackTable table;
  private int untilAsked = ASK_EVERY;

  private Survey(
      PackKeeper keeper, Cancellation cancellation, BitSet sealed, Live live, PackTable table) {
    this.keeper = keeper;
    this.cancellation = cancellation;
    this.sealed = sealed;
    this.live = live;
    this.table = table;
  }

  /**
   * To be called under an epoch that has begun.
   *
   * @param live what earlier surveys of the same collection found: a map never changes, so those
   *     that they marked need not be read again. What only points need that went since is kept
   * @throws dev.stillpoint.model.StillpointException CORRUPT_DATA when what is needed cannot be
   *     found out, CANCELLED
   */
  static Survey make(
      CollectContext context, Live live, Cancellation cancellation, MaintenanceListener listener) {
    PackKeeper keeper = context.chunks().keeper();
    BitSet sealed = keeper.sealed();
    // In this order: who reads or builds on a point that is expired meanwhile holds its maps, and
    // has done so since before the point was gone.
    List<Root> roots = new ArrayList<>(context.roots().committed(Survey::refuse));
    keeper.heldRoots().stream()
        .filter(id -> !id.isHole())
        .forEach(id -> roots.add(new Root(id, "")));
    new Mark(keeper, context.sorters(), live, Mark::refuse, cancellation, listener)
        .add(roots.stream().filter(root -> !live.holds(root.id())).toList());
    PackTable table = new PackTable(keeper.packs(), keeper::sizeBytes);
    Survey survey = new Survey(keeper, cancellation, sealed, live, table);
    survey.count();
    return survey;
  }

  @SuppressWarnings("DoNotCallSuggester") // it is called as a listener
  private static void refuse(StillpointException unreadable) {
    throw new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "What restore points need cannot be found out: " + unreadable.getMessage(),
        "Restore the file from a copy of the repository, or expire the restore point.",
        unreadable);
  }

  private void count() {
    join(
        (entry, owners, count) -> {
          ChunkPlace place = entry.place();
          table.count(place.pack(), place.length(), count > 0, place.damaged());
        });
  }

  private void join(LiveJoin.Visitor visitor) {
    try (EntryCursor entries = keeper.cursor()) {
      LiveJoin.run(
          entries,
          live,
          (entry, owners, count) -> {
            untilAsked--;
            if (untilAsked == 0) {
              untilAsked = ASK_EVERY;
              cancellation.throwIfRequested();
            }
            visitor.entry(entry, owners, count);
          });
    }
  }

  /** Whether anything in the pack is needed. */
  boolean needs(int pack) {
    return table.isLive(pack);
  }

  long bytes(BitSet packs) {
    return packs.stream().mapToLong(table::bytes).sum();
  }

  /** How many packs could be looked at. */
  int examined() {
    return sealed.cardinality();
  }

  /**
   * Those that hold garbage.
   *
   * @param leftOut are not looked at
   */
  List<PackState> withGarbage(BitSet leftOut) {
    BitSet packs = Quarantine.without(sealed, leftOut);
    List<PackState> states = new ArrayList<>();
    for (int pack = packs.nextSetBit(0); pack >= 0; pack = packs.nextSetBit(pack + 1)) {
      boolean needed = table.isLive(pack);
      if (!needed || table.liveBytes(pack) < table.bytes(pack)) {
        states.add(
            new PackState(
                pack, table.bytes(pack), table.liveBytes(pack), needed, table.holdsDamage(pack)));
      }
    }
    return states;
  }

  /** What each owner uses. */
  Map<String, OwnerUsage> owners() {
    OwnerShares shares = new OwnerShares(live.owners());
    join(
        (entry, owners, count) -> {
          if (count > 0) {
            ChunkPlace place = entry.place();
            shares.add(owners, count, table.share(place.pack(), place.length()));
          }
        });
    return shares.byOwner();
  }

  /** Gives the sorter a placed record for everything that is needed of these packs. */
  void list(BitSet packs, RecordSorter placed) {
    byte[] record = new byte[Records.PLACED_BYTES];
    join(
        (entry, owners, count) -> {
          ChunkPlace place = entry.place();
          if (count > 0 && packs.get(place.pack())) {
            Records.place(record, place, entry.buffer(), entry.offset(), Live.NOBODY);
            placed.add(record, 0);
          }
        });
  }
}
