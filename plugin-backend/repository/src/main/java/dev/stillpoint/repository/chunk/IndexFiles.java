package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.PackExtent;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that hold the index on disk: {@code index/0000000000000001.run}, numbered in
 * hexadecimal in the order in which they were written. One thread at a time.
 */
final class IndexFiles {

  private static final String FOLDER = "index";
  private static final Pattern FILE = Pattern.compile("([0-7][0-9a-f]{15})\\.run");

  private final BlobStore blobs;
  private final int entriesPerRun;
  private long next = 1;

  IndexFiles(BlobStore blobs, int entriesPerRun) {
    this.blobs = blobs;
    this.entriesPerRun = entriesPerRun;
  }

  int entriesPerRun() {
    return entriesPerRun;
  }

  /** Numbers of the files, oldest first; what is written from now on comes after them. */
  List<Long> list() {
    List<Long> numbers =
        blobs.list(FOLDER).stream()
            .map(entry -> FILE.matcher(entry.name().file()))
            .filter(Matcher::matches)
            .map(file -> Long.parseLong(file.group(1), 16))
            .sorted()
            .toList();
    numbers.forEach(number -> next = Math.max(next, number + 1));
    return numbers;
  }

  byte[] read(long number) {
    return blobs.readAll(name(number));
  }

  /**
   * Writes the entries {@code [from, to)}, durably, in as many runs as they need. The extents are
   * in the last of them, which counts for nothing without those before it.
   */
  void write(List<PackExtent> extents, int from, int to, EntrySource entries) {
    int parts = 0;
    int start = from;
    for (; to - start > entriesPerRun; start += entriesPerRun) {
      publish(IndexRun.encode(parts, List.of(), entries.copy(start, start + entriesPerRun)));
      parts++;
    }
    publish(IndexRun.encode(parts, extents, entries.copy(start, to)));
  }

  private void publish(byte[] run) {
    long number = next;
    next++;
    blobs.publish(name(number), run);
  }

  void delete(long number) {
    blobs.delete(name(number));
  }

  static BlobName name(long number) {
    return BlobName.of(FOLDER, String.format("%016x.run", number));
  }

  /** Gives entries as {@link ChunkIndex#copy} does. */
  interface EntrySource {
    byte[] copy(int from, int to);
  }
}
