package dev.stillpoint.repository.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordSorterTest {

  private static final int RECORD = 12;

  private final FaultyBlobStore blobs = new FaultyBlobStore(1);

  /** Nothing is spilled; few spills; more spills than are merged at once; two records at a time. */
  @ParameterizedTest
  @CsvSource({"5, 1000000", "12, 40000", "9, 3000", "1, 100", "44, 2000", "8, 50"})
  void sortsAndLeavesDuplicatesOutWhateverTheMemory(int recordBytes, long memoryBytes) {
    Random random = new Random(recordBytes);
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < (memoryBytes < 1000 ? 300 : 5000); i++) {
      byte[] record = new byte[recordBytes];
      for (int b = 0; b < recordBytes; b++) {
        record[b] = (byte) (b == 0 ? -random.nextInt(2) : random.nextInt(5) - 2);
      }
      records.add(record);
    }
    TreeSet<byte[]> expected = new TreeSet<>(Arrays::compareUnsigned);
    expected.addAll(records);
    try (RecordSorter sorter = new RecordSorter(blobs, "test", recordBytes, memoryBytes)) {
      for (byte[] record : records) {
        byte[] shifted = new byte[recordBytes + 3];
        System.arraycopy(record, 0, shifted, 3, recordBytes);
        sorter.add(shifted, 3);
        Arrays.fill(shifted, (byte) 99);
      }
      assertThat(drain(sorter.cursor(), recordBytes)).containsExactlyElementsOf(expected);
    }
    assertThat(blobs.list("tmp")).isEmpty();
  }

  @Test
  void spillsWhatDoesNotFitInItsMemory() {
    try (RecordSorter sorter = new RecordSorter(blobs, "test", RECORD, 28 * 100)) {
      fill(sorter, 100);
      assertThat(blobs.list("tmp")).isEmpty();
      fill(sorter, 1);
      assertThat(blobs.list("tmp")).hasSize(1);
      fill(sorter, 300);
      assertThat(blobs.list("tmp")).hasSize(4);
    }
    assertThat(blobs.list("tmp")).isEmpty();
  }

  @Test
  void tellsAVisitorToo() {
    try (RecordSorter sorter = new RecordSorter(blobs, "test", 2, 1000)) {
      for (byte value : new byte[] {3, -1, 1, 3}) {
        sorter.add(new byte[] {value, 7}, 0);
      }
      List<Byte> seen = new ArrayList<>();
      sorter.forEachSorted((buffer, offset) -> seen.add(buffer[offset]));
      assertThat(seen).containsExactly((byte) 1, (byte) 3, (byte) -1);
    }
  }

  @Test
  void isEmptyWhenNothingWasAddedAndStaysAtItsEnd() {
    try (RecordSorter sorter = new RecordSorter(blobs, "test", RECORD, 1000)) {
      SortedRecords records = sorter.cursor();
      assertThat(records.next()).isFalse();
      assertThat(records.next()).isFalse();
    }
    try (RecordSorter sorter = new RecordSorter(blobs, "test", RECORD, 100)) {
      fill(sorter, 50);
      SortedRecords records = sorter.cursor();
      assertThat(drain(records, RECORD)).hasSize(50);
      assertThat(records.next()).isFalse();
      assertThat(records.next()).isFalse();
    }
  }

  @Test
  void tellsTheSameRecordsAsOftenAsAsked() {
    for (int memory : List.of(100, 100_000)) {
      try (RecordSorter sorter = new RecordSorter(blobs, "test", RECORD, memory)) {
        fill(sorter, 50);
        List<byte[]> once = drain(sorter.cursor(), RECORD);
        SortedRecords other = sorter.cursor();
        assertThat(other.next()).isTrue();
        List<byte[]> again = drain(sorter.cursor(), RECORD);
        assertThat(again).hasSize(50);
        for (int i = 0; i < 50; i++) {
          assertThat(again.get(i)).isEqualTo(once.get(i));
        }
        assertThat(drain(other, RECORD)).hasSize(49);
      }
    }
    assertThat(blobs.list("tmp")).isEmpty();
  }

  @Test
  void takesMoreAfterItWasAskedAndNothingAfterItIsClosed() {
    for (int memory : List.of(100, 3000, 100_000)) {
      RecordSorter sorter = new RecordSorter(blobs, "test", RECORD, memory);
      try (sorter) {
        TreeSet<byte[]> expected = new TreeSet<>(Arrays::compareUnsigned);
        Random random = new Random(memory);
        for (int round = 0; round < 4; round++) {
          for (int i = 0; i < 90; i++) {
            byte[] record = new byte[RECORD];
            record[5] = (byte) random.nextInt();
            expected.add(record);
            sorter.add(record, 0);
          }
          assertThat(drain(sorter.cursor(), RECORD)).containsExactlyElementsOf(expected);
        }
      }
      assertThatThrownBy(() -> sorter.add(new byte[RECORD], 0))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(blobs.list("tmp")).isEmpty();
  }

  @Test
  void readsNoDamagedRecord() {
    for (int offset = 0; offset < 100 * RECORD + 4; offset += 7) {
      FaultyBlobStore rotting = new FaultyBlobStore(offset);
      try (RecordSorter sorter = new RecordSorter(rotting, "test", RECORD, 28 * 100)) {
        fill(sorter, 250);
        BlobEntry spill = rotting.list("tmp").get(0);
        assertThat(spill.sizeBytes()).isEqualTo(100 * RECORD + 4);
        rotting.flipBit(spill.name(), offset, offset % 8);
        assertKind(ErrorKind.CORRUPT_DATA, () -> drain(sorter.cursor(), RECORD));
      }
    }
  }

  @Test
  void leavesNothingBehindWhenTheDiskIsFull() {
    blobs.limitSpace(2000);
    try (RecordSorter sorter = new RecordSorter(blobs, "test", RECORD, 28 * 100)) {
      assertKind(ErrorKind.OUT_OF_SPACE, () -> fill(sorter, 1000));
    }
    assertThat(blobs.list("tmp")).isEmpty();
  }

  @Test
  void isNotDisturbedByWhatAKilledProcessLeft() {
    blobs.publish(new BlobName("tmp/sort-test-1"), new byte[99]);
    try (RecordSorter sorter = new RecordSorter(blobs, "test", RECORD, 28 * 10)) {
      fill(sorter, 25);
      assertThat(drain(sorter.cursor(), RECORD)).hasSize(25);
    }
  }

  private static void fill(RecordSorter sorter, int count) {
    Random random = new Random(count);
    byte[] record = new byte[RECORD];
    for (int i = 0; i < count; i++) {
      random.nextBytes(record);
      sorter.add(record, 0);
    }
  }

  private static List<byte[]> drain(SortedRecords records, int recordBytes) {
    List<byte[]> all = new ArrayList<>();
    while (records.next()) {
      all.add(
          Arrays.copyOfRange(records.buffer(), records.offset(), records.offset() + recordBytes));
    }
    return all;
  }

  private static void assertKind(ErrorKind kind, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
