package dev.stillpoint.repository.chunk;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.Packs;
import dev.stillpoint.repository.index.ChunkIndex;
import dev.stillpoint.repository.index.EntryCursor;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What maintenance may ask of the packs, and do to them. Thread-safe; one collection at a time.
 *
 * <p>A pack is collected in this order: {@link #condemn}, and nothing new is built on it; later,
 * when everybody has ended who was at work then ({@link #isQuietBefore}) and a mark that was made
 * since finds that nobody needs it, {@link #remove}.
 */
public final class PackKeeper {

  private final BlobStore blobs;
  private final ChunkIndex index;
  private final PackLedger ledger;
  private final PackAppender appender;
  private final RecordReader reader;
  private final RecordSweeper sweeper;

  PackKeeper(
      BlobStore blobs,
      ChunkIndex index,
      PackLedger ledger,
      PackAppender appender,
      RecordReader reader,
      RecordSweeper sweeper) {
    this.blobs = blobs;
    this.index = index;
    this.ledger = ledger;
    this.appender = appender;
    this.reader = reader;
    this.sweeper = sweeper;
  }

  /** Until it is closed, whoever ends counts as still at work. */
  public interface Epoch extends AutoCloseable {
    @Override
    void close();
  }

  /** To be begun before the manifests are listed. */
  public Epoch beginCollection() {
    ledger.beginCollection();
    return ledger::endCollection;
  }

  /** Ends the pack that is being written; the next chunk begins another. */
  public void seal() {
    appender.seal();
  }

  /** Packs that are complete and wholly in the index. */
  public BitSet sealed() {
    // In this order: a pack that is begun in between is in neither.
    BitSet packs = ledger.packs();
    appender.unfinished().forEach(packs::clear);
    return packs;
  }

  /** All packs that can be read. */
  public BitSet packs() {
    return ledger.packs();
  }

  /** Length in bytes of a pack, 0 when its file is missing. */
  public long sizeBytes(int pack) {
    try {
      return blobs.size(Packs.name(pack));
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return 0;
      }
      throw e;
    }
  }

  /** Length of all packs. */
  public long totalBytes() {
    return appender.packBytes();
  }

  /** Maps that somebody holds; to be asked for after the manifests were listed. */
  public List<ChunkId> heldRoots() {
    return ledger.heldRoots();
  }

  /** Holds maps; to be called while something else does, or looked after once more. */
  public ChunkStore.MapHold hold(List<ChunkId> roots) {
    return ledger.hold(roots)::close;
  }

  /** Where a chunk is. */
  public Optional<ChunkPlace> find(ChunkId id) {
    return index.find(id, ledger::exists);
  }

  /** Takes note of a chunk that is needed and in no pack, and says so in a sentence. */
  public String missing(ChunkId id) {
    return reader.missing(id);
  }

  /** Where all chunks are, in the order of their ids; see {@link ChunkIndex#cursor}. */
  public EntryCursor cursor() {
    return index.cursor(ledger::exists);
  }

  /** How many entries the cursor passes, about. */
  public long entries() {
    return index.entries();
  }

  /**
   * Reads chunks and checks their ids.
   *
   * @param chunks in the order of their places
   * @return the bytes of the records that were read
   */
  public long sweep(List<PlacedChunk> chunks, ChunkVisitor visitor) {
    return sweeper.sweep(chunks, visitor);
  }

  /**
   * Takes packs out of reuse, but for those on which somebody builds who was at work at any time
   * since the collection began; a new epoch begins.
   *
   * @return the packs that were taken
   */
  public BitSet condemn(BitSet packs) {
    return ledger.condemn(packs);
  }

  /** Lets condemned packs be reused again. */
  public void pardon(BitSet packs) {
    ledger.pardon(packs);
  }

  /** The number of the epoch, which grows with every {@link #condemn}. */
  public long epoch() {
    return ledger.epoch();
  }

  /** Whether everybody has ended who was at work before that epoch began. */
  public boolean isQuietBefore(long epoch) {
    return ledger.isQuietBefore(epoch);
  }

  /** From now on the packs are not there for anybody; their files are to be deleted. */
  public void remove(BitSet packs) {
    ledger.remove(packs);
  }

  /** Deletes the files of removed packs. */
  public void deleteFiles(List<Integer> packs) {
    long bytes = packs.stream().mapToLong(this::sizeBytes).sum();
    blobs.delete(packs.stream().map(Packs::name).toList());
    appender.removed(bytes);
  }

  /** Of these packs, those that the index still lists. */
  public BitSet listed(BitSet packs) {
    BitSet listed = index.listedPacks();
    listed.and(packs);
    return listed;
  }

  /** Drops what the index knows of packs that are gone. */
  public void compactIndex() {
    index.compact(ledger::isListed);
  }

  /** What is wrong with the index's files; see {@link ChunkIndex#check}. */
  public List<String> checkIndex(Cancellation cancellation) {
    return index.check(cancellation);
  }
}
