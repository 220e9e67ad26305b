package dev.stillpoint.repository.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentRecordsTest {

  @Test
  void whatIsNewIsAlwaysToldToBeNew() {
    Random random = new Random(1);
    for (int recordBytes : new int[] {12, 36, 40}) {
      RecentRecords recent = new RecentRecords(recordBytes, 4000);
      Set<ByteBuffer> seen = new HashSet<>();
      int repeated = 0;
      for (int i = 0; i < 100_000; i++) {
        byte[] record = new byte[recordBytes];
        record[random.nextInt(recordBytes)] = (byte) random.nextInt(3);
        boolean isNew = recent.isNew(record, random.nextInt());
        assertThat(isNew || seen.contains(ByteBuffer.wrap(record))).isTrue();
        seen.add(ByteBuffer.wrap(record));
        repeated += isNew ? 0 : 1;
      }
      assertThat(repeated).as("some are known again").isPositive();
    }
  }

  @Test
  void aRepetitionIsKnownAtOnceAndARecordOfZeroesIsNewAtFirst() {
    RecentRecords recent = new RecentRecords(12, 4000);
    for (byte value : new byte[] {0, -1, 7}) {
      byte[] record = new byte[12];
      Arrays.fill(record, value);
      assertThat(recent.isNew(record, -5)).isTrue();
      assertThat(recent.isNew(record, -5)).isFalse();
    }
  }

  @Test
  void neighboursDoNotDriveEachOtherOut() {
    RecentRecords recent = new RecentRecords(12, 13 * 1024);
    byte[] record = new byte[12];
    int known = 0;
    for (int round = 0; round < 2; round++) {
      for (int place = 5000; place < 6024; place++) {
        ByteBuffer.wrap(record).putInt(place);
        known += recent.isNew(record, place) ? 0 : 1;
      }
    }
    assertThat(known).isEqualTo(1024);
  }
}
