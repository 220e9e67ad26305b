package dev.stillpoint.repository.reserve;

import dev.stillpoint.model.ByteCount;
import java.util.Optional;

/**
 * The account of a repository's space, in whole pages of 4 KiB, as disks give it. Thread-safe.
 *
 * <p>What is used never grows beyond the reserve. The last 128th of the reserve is kept for what is
 * not a pack (the index, the list of points), so that a full repository can still be cleaned up.
 */
final class Ledger {

  private static final long PAGE_BYTES = 4096;
  private static final long KEPT_SHARE = 128;

  private Optional<ByteCount> reserve;
  private Optional<ByteCount> planned = Optional.empty();
  private long usedBytes;

  /** Claimed for packs that are being written, and not used yet. */
  private long roomBytes;

  Ledger(Optional<ByteCount> reserve, long usedBytes) {
    this.reserve = reserve;
    this.usedBytes = usedBytes;
  }

  /** What a blob of that length takes of the disk. */
  static long pages(long lengthBytes) {
    return (lengthBytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
  }

  /**
   * Takes that much for a pack, of which {@code fromRoomBytes} are claimed for it already. Returns
   * whether it was there to take.
   */
  synchronized boolean takeForPack(long bytes, long fromRoomBytes) {
    return take(bytes, fromRoomBytes, reserve.map(r -> r.bytes() - kept(r)));
  }

  /** Takes that much for anything else, as above. */
  synchronized boolean take(long bytes, long fromRoomBytes) {
    return take(bytes, fromRoomBytes, reserve.map(ByteCount::bytes));
  }

  /** Takes that much without any room claimed for it. Returns whether it was there to take. */
  synchronized boolean take(long bytes) {
    return take(bytes, 0);
  }

  private boolean take(long bytes, long fromRoomBytes, Optional<Long> limitBytes) {
    if (!takeWithin(bytes, limitBytes.orElse(Long.MAX_VALUE))) {
      return false;
    }
    roomBytes -= fromRoomBytes;
    return true;
  }

  private boolean takeWithin(long bytes, long limitBytes) {
    if (bytes > 0 && bytes > limitBytes - usedBytes) {
      return false;
    }
    usedBytes += bytes;
    return true;
  }

  /** Notes what happened whether there was room for it or not. */
  synchronized void correct(long byBytes) {
    usedBytes += byBytes;
  }

  /** A pack got that much room, or has given it back where it is negative. */
  synchronized void addRoom(long bytes) {
    roomBytes += bytes;
  }

  /** What is yet to be claimed, beyond what packs being written have. */
  synchronized long wantedBytes() {
    long reserveBytes =
        Math.max(
            reserve.map(ByteCount::bytes).orElse(0L), planned.map(ByteCount::bytes).orElse(0L));
    return Math.max(0, reserveBytes - usedBytes - roomBytes);
  }

  /** Whether there is a reserve, or is to be one. */
  synchronized boolean wanted() {
    return reserve.isPresent() || planned.isPresent();
  }

  /** From now on space is claimed for that reserve too; empty for the present one only. */
  synchronized void plan(Optional<ByteCount> size) {
    planned = size;
  }

  /** Sets the reserve unless more is used. Returns whether it is set. */
  synchronized boolean set(Optional<ByteCount> size) {
    if (size.isPresent() && usedBytes > size.get().bytes()) {
      return false;
    }
    reserve = size;
    return true;
  }

  synchronized Optional<ByteCount> reserve() {
    return reserve;
  }

  synchronized long usedBytes() {
    return usedBytes;
  }

  synchronized long roomBytes() {
    return roomBytes;
  }

  /** What packs may still grow by; empty where only the disk limits them. */
  synchronized Optional<ByteCount> leftForPacks() {
    return reserve.map(r -> new ByteCount(Math.max(0, r.bytes() - kept(r) - usedBytes)));
  }

  private static long kept(ByteCount reserve) {
    return reserve.bytes() / KEPT_SHARE;
  }
}
