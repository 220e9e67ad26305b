package dev.stillpoint.repository.chunk;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.Packs;
import dev.stillpoint.repository.index.ChunkIndex;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Reads many chunks of unknown length in the order in which they lie: neighbours by one read, each
 * record unpacked once, each chunk's id checked. Damage ends nothing, it is told. Thread-safe.
 */
final class RecordSweeper {

  private static final int MAX_READ_BYTES = RecordCodec.READ_BUFFER_BYTES;
  private static final int MAX_GAP_BYTES = 64 * 1024;

  private final BlobStore blobs;
  private final ChunkIndex index;
  private final PackLedger ledger;
  private final CodecPool codecs;
  private final RecordReader.DamageListener damage;

  RecordSweeper(
      BlobStore blobs,
      ChunkIndex index,
      PackLedger ledger,
      CodecPool codecs,
      RecordReader.DamageListener damage) {
    this.blobs = blobs;
    this.index = index;
    this.ledger = ledger;
    this.codecs = codecs;
    this.damage = damage;
  }

  /**
   * @param chunks in the order of their places
   * @return the bytes of the records that were read
   */
  long sweep(List<PlacedChunk> chunks, ChunkVisitor visitor) {
    RecordCodec codec = codecs.take();
    try {
      long bytes = 0;
      int from = 0;
      while (from < chunks.size()) {
        int to = endOfStretch(chunks, from);
        bytes += readStretch(chunks, from, to, codec, visitor);
        from = to;
      }
      return bytes;
    } finally {
      codecs.give(codec);
    }
  }

  private static int endOfStretch(List<PlacedChunk> chunks, int from) {
    ChunkPlace first = chunks.get(from).place();
    long end = end(first);
    int to = from + 1;
    while (to < chunks.size()) {
      ChunkPlace next = chunks.get(to).place();
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

  private long readStretch(
      List<PlacedChunk> chunks, int from, int to, RecordCodec codec, ChunkVisitor visitor) {
    ChunkPlace first = chunks.get(from).place();
    long end = first.offset();
    for (int i = from; i < to; i++) {
      end = Math.max(end, end(chunks.get(i).place()));
    }
    long length = end - first.offset();
    byte[] data = codec.readBuffer();
    boolean read =
        length <= data.length && readBlob(first, ByteBuffer.wrap(data, 0, (int) length)).isEmpty();
    long bytes = 0;
    int record = from;
    while (record < to) {
      ChunkPlace place = chunks.get(record).place();
      int next = record + 1;
      while (next < to && chunks.get(next).place().samePlace(place)) {
        next++;
      }
      bytes += place.length();
      int start = place.offset() - first.offset();
      if (!read || !tellAll(chunks, record, next, data, start, (int) length, codec, visitor)) {
        for (int i = record; i < next; i++) {
          readAlone(i, chunks.get(i), codec, visitor);
        }
      }
      record = next;
    }
    return bytes;
  }

  /** Tells of one record's chunks; false, and nothing told, when anything is not right. */
  @SuppressWarnings("checkstyle:ParameterNumber") // the list, the stretch and who is told
  private static boolean tellAll(
      List<PlacedChunk> chunks,
      int from,
      int to,
      byte[] data,
      int start,
      int limit,
      RecordCodec codec,
      ChunkVisitor visitor) {
    Optional<PackRecord> record = unpack(chunks.get(from).place(), data, start, limit, codec);
    if (record.isEmpty()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!isIn(record.get(), chunks.get(i).id(), codec)) {
        return false;
      }
    }
    for (int i = from; i < to; i++) {
      tell(i, record.get(), chunks.get(i).id(), codec, visitor);
    }
    return true;
  }

  /** Unpacks the record into the codec's content, if it is the one that the index says. */
  private static Optional<PackRecord> unpack(
      ChunkPlace place, byte[] data, int start, int limit, RecordCodec codec) {
    return PackRecord.parse(data, start, limit)
        .filter(record -> record.length() == place.length() && limit - start >= record.length())
        .filter(record -> codec.decode(record, data, start, codec.content(), 0).isEmpty());
  }

  private static boolean isIn(PackRecord record, ChunkId id, RecordCodec codec) {
    int start = 0;
    for (PackRecord.Part part : record.parts()) {
      if (part.id().equals(id)) {
        return codec.id(codec.content(), start, part.contentBytes()).equals(id);
      }
      start += part.contentBytes();
    }
    return false;
  }

  private static void tell(
      int number, PackRecord record, ChunkId id, RecordCodec codec, ChunkVisitor visitor) {
    ChunkKind kind = record.kind() == ChunkKind.NODE.code() ? ChunkKind.NODE : ChunkKind.DATA;
    int start = 0;
    for (PackRecord.Part part : record.parts()) {
      if (part.id().equals(id)) {
        visitor.content(number, kind, codec.content(), start, part.contentBytes());
        return;
      }
      start += part.contentBytes();
    }
  }

  /** Where it lies by now, it may have been stored again or moved. */
  private void readAlone(int number, PlacedChunk chunk, RecordCodec codec, ChunkVisitor visitor) {
    ChunkPlace place = chunk.place();
    while (true) {
      String problem = readAlone(number, chunk.id(), place, codec, visitor);
      if (problem.isEmpty()) {
        return;
      }
      Optional<ChunkPlace> now = index.find(chunk.id(), ledger::exists);
      if (now.isEmpty() || now.get().samePlace(place)) {
        damage.damaged(chunk.id(), place);
        visitor.unreadable(
            number,
            "Chunk %s in %s of %s is damaged: %s"
                .formatted(chunk.id(), place, blobs.location(), problem));
        return;
      }
      place = now.get();
    }
  }

  private String readAlone(
      int number, ChunkId id, ChunkPlace place, RecordCodec codec, ChunkVisitor visitor) {
    byte[] data = codec.record();
    if (place.length() > data.length) {
      return "its length in the index is wrong";
    }
    Optional<String> problem = readBlob(place, ByteBuffer.wrap(data, 0, place.length()));
    if (problem.isPresent()) {
      return problem.get();
    }
    Optional<PackRecord> record = unpack(place, data, 0, place.length(), codec);
    if (record.isEmpty()) {
      return "its record's header or payload is not what was written";
    }
    if (!isIn(record.get(), id, codec)) {
      return "another record lies there";
    }
    tell(number, record.get(), id, codec, visitor);
    return "";
  }

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
}
