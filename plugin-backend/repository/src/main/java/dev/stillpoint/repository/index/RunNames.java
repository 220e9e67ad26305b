package dev.stillpoint.repository.index;

import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How runs are numbered and named. */
final class RunNames {

  private static final String FOLDER = "index";
  private static final Pattern RUN = Pattern.compile("([0-7][0-9a-f]{15})\\.run");
  private static final Pattern MARK = Pattern.compile("([0-7][0-9a-f]{15})\\.damaged");

  private RunNames() {}

  static BlobName run(long number) {
    return BlobName.of(FOLDER, String.format("%016x.run", number));
  }

  static BlobName damageMark(long number) {
    return BlobName.of(FOLDER, String.format("%016x.damaged", number));
  }

  /** What the run is called before it is whole. */
  static BlobName unfinished(long number) {
    return BlobName.of("tmp", String.format("index-%016x", number));
  }

  static NavigableSet<Long> runs(BlobStore blobs) {
    return numbers(blobs, RUN);
  }

  static NavigableSet<Long> damageMarks(BlobStore blobs) {
    return numbers(blobs, MARK);
  }

  private static NavigableSet<Long> numbers(BlobStore blobs, Pattern pattern) {
    NavigableSet<Long> numbers = new TreeSet<>();
    for (BlobEntry entry : blobs.list(FOLDER)) {
      Matcher file = pattern.matcher(entry.name().file());
      if (file.matches()) {
        numbers.add(Long.parseLong(file.group(1), 16));
      }
    }
    return numbers;
  }
}
