package dev.stillpoint.repository.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentCutterTest {

  private static final int MIB = 1 << 20;

  @Test
  void cutsTheSameWhateverTheBuffers() {
    byte[] data = random(8 * MIB, 1);
    List<Integer> whole = cut(data, data.length);

    assertThat(cut(data, 1)).isEqualTo(whole);
    assertThat(cut(data, 63)).isEqualTo(whole);
    assertThat(cut(data, 4096)).isEqualTo(whole);
    assertThat(cut(data, ContentCutter.MIN_BYTES)).isEqualTo(whole);
    assertThat(cut(data, 1_000_003)).isEqualTo(whole);
  }

  @Test
  void cutsAsTheRuleSaysByteByByte() {
    byte[] data = random(4 * MIB, 2);

    assertThat(cut(data, data.length)).isEqualTo(cutByTheRule(data));
  }

  @Test
  void keepsToItsLengths() {
    List<Integer> lengths = cut(random(64 * MIB, 3), MIB);

    List<Integer> allButLast = lengths.subList(0, lengths.size() - 1);
    assertThat(allButLast)
        .allMatch(length -> length >= ContentCutter.MIN_BYTES)
        .allMatch(length -> length <= ContentCutter.MAX_BYTES);
    assertThat(allButLast.stream().mapToInt(Integer::intValue).average().orElseThrow())
        .isBetween(60.0 * 1024, 72.0 * 1024);
  }

  @Test
  void cutsAtTheLongestWhereTheContentSaysNothing() {
    List<Integer> lengths = cut(new byte[MIB + 5], 100_000);

    assertThat(lengths).hasSize(5).endsWith(5);
    assertThat(lengths.subList(0, 4)).containsOnly(ContentCutter.MAX_BYTES);
  }

  @Test
  void findsItsCutsAgainBehindAnInsertion() {
    byte[] before = random(16 * MIB, 4);
    byte[] after = new byte[before.length + 7];
    int place = before.length / 2;
    System.arraycopy(before, 0, after, 0, place);
    System.arraycopy("inserts".getBytes(StandardCharsets.US_ASCII), 0, after, place, 7);
    System.arraycopy(before, place, after, place + 7, before.length - place);

    assertThat(newChunks(before, after)).isLessThanOrEqualTo(4);
  }

  @Test
  void findsItsCutsAgainBehindADeletion() {
    byte[] before = random(16 * MIB, 5);
    byte[] after = new byte[before.length - 12_345];
    int place = before.length / 3;
    System.arraycopy(before, 0, after, 0, place);
    System.arraycopy(before, place + 12_345, after, place, after.length - place);

    assertThat(newChunks(before, after)).isLessThanOrEqualTo(4);
  }

  @Test
  void startsANewChunkBehindEveryCutWithoutAMemoryOfTheLast() {
    byte[] data = random(4 * MIB, 6);
    List<Integer> lengths = cut(data, data.length);
    byte[] rest = Arrays.copyOfRange(data, lengths.get(0), data.length);

    assertThat(cut(rest, rest.length)).isEqualTo(lengths.subList(1, lengths.size()));
  }

  @Test
  void nothingIsNoCut() {
    assertThat(new ContentCutter().cut(new byte[3], 3, 0)).isZero();
    assertThatThrownBy(() -> new ContentCutter().cut(new byte[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** The table is part of the format: another one would find none of what is stored. */
  @Test
  void itsTableIsThatOfTheFormat() throws Exception {
    long[] table = GearTable.create();
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] seeded = "Stillpoint gear 1\u0007".getBytes(StandardCharsets.US_ASCII);

    assertThat(table).hasSize(256);
    assertThat(table[7]).isEqualTo(ByteBuffer.wrap(sha256.digest(seeded)).getLong());
    assertThat(table[0]).isEqualTo(0x13C035BD4AB90A12L);
  }

  /** Whoever changes where chunks end must change the format's version. */
  @Test
  void itsCutsAreThoseOfTheFormat() {
    byte[] data = random(MIB, 7);

    assertThat(cut(data, data.length))
        .containsExactly(
            80889, 25333, 43030, 59225, 78638, 131637, 57786, 62311, 43192, 56802, 84459, 61592,
            72724, 72954, 77308, 40696);
  }

  private static List<Integer> cutByTheRule(byte[] data) {
    long[] gear = GearTable.create();
    List<Integer> lengths = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < data.length; i++) {
      int length = i + 1 - start;
      long hash = 0;
      for (int back = Math.max(start, i - 63); back <= i; back++) {
        hash = (hash << 1) + gear[data[back] & 0xFF];
      }
      boolean early = length >= 16 * 1024 && length <= 56 * 1024 && hash >>> 46 == 0;
      boolean late = length > 56 * 1024 && hash >>> 50 == 0;
      if (early || late || length == 256 * 1024) {
        lengths.add(length);
        start = i + 1;
      }
    }
    if (start < data.length) {
      lengths.add(data.length - start);
    }
    return lengths;
  }

  private static long newChunks(byte[] before, byte[] after) {
    Set<ChunkId> known = new HashSet<>(ids(before));
    return ids(after).stream().filter(id -> !known.contains(id)).count();
  }

  private static List<ChunkId> ids(byte[] data) {
    List<ChunkId> ids = new ArrayList<>();
    int start = 0;
    for (int length : cut(data, data.length)) {
      ids.add(ChunkId.of(data, start, length));
      start += length;
    }
    return ids;
  }

  /** The lengths of all chunks, the last one by the end of the data. */
  private static List<Integer> cut(byte[] data, int bufferBytes) {
    ContentCutter cutter = new ContentCutter();
    List<Integer> lengths = new ArrayList<>();
    int current = 0;
    for (int start = 0; start < data.length; start += bufferBytes) {
      int end = Math.min(data.length, start + bufferBytes);
      int at = start;
      while (at < end) {
        int used = cutter.cut(data, at, end - at);
        if (used == 0) {
          current += end - at;
          break;
        }
        lengths.add(current + used);
        current = 0;
        at += used;
      }
    }
    if (current > 0) {
      lengths.add(current);
    }
    return lengths;
  }

  private static byte[] random(int length, long seed) {
    byte[] data = new byte[length];
    new Random(seed).nextBytes(data);
    return data;
  }
}
