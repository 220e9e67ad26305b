package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A disk in memory that remembers which blocks changed since each checkpoint. */
final class FakeDisk {

  static final int BLOCK_BYTES = 64 * 1024;

  final DiskId id;
  final byte[] content;
  final Map<CheckpointId, BitSet> changedSince = new LinkedHashMap<>();
  DiskSettings settings;
  boolean uploading;
  boolean interrupted;

  FakeDisk(DiskSettings settings) {
    this.id = settings.id();
    this.settings = settings;
    this.content = new byte[Math.toIntExact(settings.size().bytes())];
  }

  void write(long offset, byte[] data) {
    System.arraycopy(data, 0, content, Math.toIntExact(offset), data.length);
    mark(offset, data.length);
  }

  void zero(long offset, long length) {
    Arrays.fill(content, Math.toIntExact(offset), Math.toIntExact(offset + length), (byte) 0);
    mark(offset, length);
  }

  Optional<BitSet> changes(CheckpointId since) {
    return Optional.ofNullable(changedSince.get(since)).map(b -> (BitSet) b.clone());
  }

  private void mark(long offset, long length) {
    if (length > 0) {
      int first = Math.toIntExact(offset / BLOCK_BYTES);
      int last = Math.toIntExact((offset + length - 1) / BLOCK_BYTES);
      changedSince.values().forEach(blocks -> blocks.set(first, last + 1));
    }
  }
}
