package dev.stillpoint.repository.chunk;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import dev.stillpoint.repository.format.PackSizes;
import dev.stillpoint.repository.format.Packs;
import dev.stillpoint.repository.index.Batch;
import dev.stillpoint.repository.index.ChunkIndex;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings packs and index together when a repository is opened: what no sound run of the index lists
 * (after a crash, or damage) is read from the packs again.
 */
final class PackRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(PackRecovery.class);

  /** An index of up to 64 MiB is read through at every opening; a larger one block by block. */
  private static final long CHECKED_ENTRIES = 1_500_000;

  private final BlobStore blobs;
  private final ChunkIndex index;
  private final PackLedger ledger;
  private final List<String> findings = new ArrayList<>();
  private final List<PackExtent> recovered = new ArrayList<>();
  private Optional<Unsaved> unsaved = Optional.empty();

  PackRecovery(BlobStore blobs, ChunkIndex index, PackLedger ledger) {
    this.blobs = blobs;
    this.index = index;
    this.ledger = ledger;
  }

  /**
   * What lies in the store.
   *
   * @param nextPack a number that no pack had before, not even one that is lost
   * @param packBytes length of all packs
   * @param findings what was found wrong, a sentence each; nothing that a mere crash leaves behind
   * @param unsaved what was read from packs and could not be written into the index
   */
  record Found(int nextPack, long packBytes, List<String> findings, Optional<Unsaved> unsaved) {}

  /** A batch of the index that waits to be written. */
  record Unsaved(Batch batch, List<PackExtent> extents) {}

  /**
   * Enters the packs into the ledger, and into the index what it does not list.
   *
   * @param quarantine what collections decided; what they did not complete is completed
   * @param scanned is told how many bytes of packs were read
   */
  Found recover(PackQuarantine quarantine, LongConsumer scanned) {
    BitSet collected = quarantine.deleted();
    PackSizes packs = withoutCollected(Packs.list(blobs), collected);
    BitSet existing = packs.numbers();
    ledger.addAll(existing);
    ledger.distrustAll(quarantine.condemned());
    if (index.entries() <= CHECKED_ENTRIES) {
      index.check(new Cancellation());
      index.leaveOutDamaged();
    }
    BitSet listed = index.listedPacks();
    BitSet missing = (BitSet) listed.clone();
    missing.andNot(existing);
    missing.andNot(collected);
    missing.stream().forEach(pack -> findings.add("The pack " + Packs.name(pack) + " is missing"));
    packs.forEach((pack, sizeBytes) -> check(pack, sizeBytes, scanned));
    save();
    // Told once: what a damaged run listed is in the index again.
    findings.addAll(index.findings());
    index.dropDamaged(packs);
    findings.forEach(LOG::warn);
    int last = Math.max(ledger.last(), Math.max(index.highestPack(), collected.length() - 1));
    return new Found(last + 1, packs.totalBytes(), findings, unsaved);
  }

  /** A crash came between the decision and the deed. */
  private PackSizes withoutCollected(PackSizes packs, BitSet collected) {
    BitSet left = packs.numbers();
    left.and(collected);
    try {
      blobs.delete(left.stream().mapToObj(Packs::name).toList());
    } catch (StillpointException e) {
      LOG.warn("Packs that nobody needs could not be deleted: {}", e.getMessage());
    }
    return packs.without(collected);
  }

  private void check(int pack, long sizeBytes, LongConsumer scanned) {
    if (index.listedTo(pack) > sizeBytes) {
      findings.add("The pack " + Packs.name(pack) + " is shorter than it was");
      ledger.distrust(pack);
    }
    for (PackExtent gap : index.uncovered(pack, sizeBytes)) {
      recover(gap);
      scanned.accept(gap.to() - gap.from());
      if (index.isFull()) {
        save();
      }
    }
  }

  private void recover(PackExtent gap) {
    BlobName pack = Packs.name(gap.pack());
    // What a killed process wrote may still be in memory only; from now on we rely on it.
    blobs.sync(pack);
    int before = index.pending();
    long lostBytes =
        new PackScanner(blobs)
            .scan(gap, (record, place) -> record.parts().forEach(part -> enter(part, place)));
    recovered.add(gap);
    LOG.info(
        "Read an unlisted part of a pack: pack={} fromBytes={} toBytes={} newChunks={} lostBytes={}",
        pack,
        gap.from(),
        gap.to(),
        index.pending() - before,
        lostBytes);
  }

  private void enter(PackRecord.Part part, ChunkPlace place) {
    // A chunk in a condemned pack was moved away by whoever else has it.
    if (index.find(part.id(), ledger::isReusable).filter(known -> !known.damaged()).isEmpty()) {
      index.put(part.id(), place);
    }
  }

  private void save() {
    if (recovered.isEmpty() || unsaved.isPresent()) {
      return;
    }
    Batch batch = index.freeze();
    try {
      index.write(batch, List.copyOf(recovered));
      recovered.clear();
    } catch (StillpointException e) {
      // A full disk must not keep anybody from restoring: the batch stays in memory.
      LOG.warn("The recovered index could not be saved: {}", e.getMessage());
      unsaved = Optional.of(new Unsaved(batch, List.copyOf(recovered)));
    }
  }
}
