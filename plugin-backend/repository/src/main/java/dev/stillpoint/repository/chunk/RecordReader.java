package dev.stillpoint.repository.chunk;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.Packs;
import dev.stillpoint.repository.index.ChunkIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads chunks out of packs: in the order of the packs, neighbours by one read, each record
 * unpacked once. Thread-safe.
 */
final class RecordReader {

  /** At most so much is read at once, and read over between two records that are wanted. */
  private static final int MAX_READ_BYTES = RecordCodec.READ_BUFFER_BYTES;

  private static final int MAX_GAP_BYTES = 64 * 1024;

  private static final Comparator<Located> IN_PACK_ORDER =
      Comparator.<Located>comparingInt(located -> located.place().pack())
          .thenComparingInt(located -> located.place().offset());

  private final BlobStore blobs;
  private final ChunkIndex index;
  private final PackLedger ledger;
  private final CodecPool codecs;
  private final DamageListener damage;
  private volatile boolean missedChunk;

  RecordReader(
      BlobStore blobs,
      ChunkIndex index,
      PackLedger ledger,
      CodecPool codecs,
      DamageListener damage) {
    this.blobs = blobs;
    this.index = index;
    this.ledger = ledger;
    this.codecs = codecs;
    this.damage = damage;
  }

  /** Is told where a chunk was found damaged. */
  interface DamageListener {
    void damaged(ChunkId id, ChunkPlace place);
  }

  private record Located(ChunkRequest request, ChunkPlace place) {}

  /** Whether a chunk was asked for that is in no pack. */
  boolean missedChunk() {
    return missedChunk;
  }

  /**
   * Reads one chunk and checks its id.
   *
   * @return the bytes that were read from the pack
   */
  int get(ChunkRequest request) {
    RecordCodec codec = codecs.take();
    try {
      return get(request, codec);
    } finally {
      codecs.give(codec);
    }
  }

  private int get(ChunkRequest request, RecordCodec codec) {
    while (true) {
      ChunkPlace place = find(request.id());
      String problem = fetch(request, place, codec);
      if (problem.isEmpty()) {
        return place.length();
      }
      Optional<ChunkPlace> now = index.find(request.id(), ledger::exists);
      if (now.isPresent() && now.get().samePlace(place)) {
        damage.damaged(request.id(), place);
        throw damaged(request.id(), place, problem);
      }
      // Else it was stored again or moved meanwhile: try that.
    }
  }

  /** Reads many; what {@link #get} throws for one of them, and then no target is defined. */
  void getAll(List<ChunkRequest> requests) {
    List<Located> located = new ArrayList<>(requests.size());
    for (ChunkRequest request : requests) {
      located.add(new Located(request, find(request.id())));
    }
    located.sort(IN_PACK_ORDER);
    RecordCodec codec = codecs.take();
    try {
      int from = 0;
      while (from < located.size()) {
        int to = endOfStretch(located, from);
        readStretch(located.subList(from, to), codec);
        from = to;
      }
    } finally {
      codecs.give(codec);
    }
  }

  /** Places so close to each other that one read brings them all. */
  private static int endOfStretch(List<Located> located, int from) {
    ChunkPlace first = located.get(from).place();
    long end = end(first);
    int to = from + 1;
    while (to < located.size()) {
      ChunkPlace next = located.get(to).place();
      if (next.pack() != first.pack()
          || next.offset() > end + MAX_GAP_BYTES
          || end(next) - first.offset() > MAX_READ_BYTES) {
        break;
      }
      end = Math.max(end, end(next));
      to++;
    }
    return to;
  }

  private static long end(ChunkPlace place) {
    return (long) place.offset() + place.length();
  }

  private void readStretch(List<Located> stretch, RecordCodec codec) {
    ChunkPlace first = stretch.get(0).place();
    long end = stretch.stream().mapToLong(located -> end(located.place())).max().orElseThrow();
    int length = Math.toIntExact(end - first.offset());
    byte[] data = codec.readBuffer();
    boolean read =
        length <= data.length && readBlob(first, ByteBuffer.wrap(data, 0, length)).isEmpty();
    int from = 0;
    while (from < stretch.size()) {
      ChunkPlace place = stretch.get(from).place();
      int to = from + 1;
      while (to < stretch.size() && stretch.get(to).place().samePlace(place)) {
        to++;
      }
      List<Located> record = stretch.subList(from, to);
      if (!read || !unpack(record, data, place.offset() - first.offset(), length, codec)) {
        getEach(record, codec);
      }
      from = to;
    }
  }

  /**
   * One by one: each finds out what is wrong, and whether it lies elsewhere by now. All are tried,
   * so that all that are damaged are marked.
   */
  private void getEach(List<Located> record, RecordCodec codec) {
    List<StillpointException> failures = new ArrayList<>();
    for (Located located : record) {
      try {
        get(located.request(), codec);
      } catch (StillpointException e) {
        if (e.kind() != ErrorKind.CORRUPT_DATA) {
          throw e;
        }
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  /** Fills the requests of one record; false when anything about it is not right. */
  private static boolean unpack(
      List<Located> wanted, byte[] data, int offset, int limit, RecordCodec codec) {
    PackRecord record = PackRecord.parse(data, offset, limit).orElse(null);
    if (record == null
        || record.length() != wanted.get(0).place().length()
        || limit - offset < record.length()
        || !codec.decode(record, data, offset, codec.content(), 0).isEmpty()) {
      return false;
    }
    for (Located located : wanted) {
      if (!take(located.request(), record, codec).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private String fetch(ChunkRequest request, ChunkPlace place, RecordCodec codec) {
    if (place.length() > codec.record().length) {
      return "its length in the index is wrong";
    }
    Optional<String> problem = readBlob(place, ByteBuffer.wrap(codec.record(), 0, place.length()));
    if (problem.isPresent()) {
      return problem.get();
    }
    PackRecord record = PackRecord.parse(codec.record(), 0, place.length()).orElse(null);
    if (record == null) {
      return "its record's header is damaged";
    }
    if (record.length() != place.length()) {
      return "another record lies there";
    }
    String bad = codec.decode(record, codec.record(), 0, codec.content(), 0);
    return bad.isEmpty() ? take(request, record, codec) : bad;
  }

  /** Copies a chunk out of the decoded record, if it is what it should be. */
  private static String take(ChunkRequest request, PackRecord record, RecordCodec codec) {
    int start = 0;
    for (PackRecord.Part part : record.parts()) {
      if (part.id().equals(request.id())) {
        if (part.contentBytes() != request.contentBytes()) {
          return "it has "
              + part.contentBytes()
              + " bytes of content instead of "
              + request.contentBytes();
        }
        if (!codec.id(codec.content(), start, part.contentBytes()).equals(request.id())) {
          return "its hash is another";
        }
        ByteBuffer target = request.target().duplicate();
        target.put(codec.content(), start, target.remaining());
        return "";
      }
      start += part.contentBytes();
    }
    return "another record lies there";
  }

  /** Reads where the place begins; what is wrong with the pack, if anything. */
  private Optional<String> readBlob(ChunkPlace place, ByteBuffer into) {
    try {
      blobs.read(Packs.name(place.pack()), place.offset(), into);
      return Optional.empty();
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.NOT_FOUND || e.kind() == ErrorKind.CORRUPT_DATA) {
        return Optional.of(e.getMessage());
      }
      throw e;
    }
  }

  private ChunkPlace find(ChunkId id) {
    return index
        .find(id, ledger::exists)
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.CORRUPT_DATA,
                    missing(id),
                    index.findings().isEmpty()
                        ? "Restore the packs from a copy, or back the machine up again in full."
                        : "The index is damaged: open the repository again, or rebuild its index."));
  }

  /** Takes note of a chunk that is needed and in no pack, and says so in a sentence. */
  String missing(ChunkId id) {
    missedChunk = true;
    String where =
        index
            .find(id, pack -> true)
            .map(place -> "was in " + place + ", which is not there: ")
            .orElse("is in no pack of ");
    return "Chunk " + id + " " + where + blobs.location();
  }

  private StillpointException damaged(ChunkId id, ChunkPlace place, String problem) {
    return new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "Chunk " + id + " in " + place + " of " + blobs.location() + " is damaged: " + problem,
        "Restore the pack from a copy, or back the machine up again: the next write of the same"
            + " content heals it.");
  }
}
