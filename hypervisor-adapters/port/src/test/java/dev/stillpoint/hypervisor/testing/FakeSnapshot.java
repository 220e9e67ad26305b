package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A point in time kept by the fake manager. */
final class FakeSnapshot {

  /** A disk as it was. */
  static final class Image {

    final byte[] content;
    final ReadMode mode;
    final BitSet changed;

    Image(byte[] content, ReadMode mode, BitSet changed) {
      this.content = content;
      this.mode = mode;
      this.changed = changed;
    }
  }

  final String reference;
  final FakeVm vm;
  final Instant time;
  final Optional<CheckpointId> checkpoint;
  final Map<DiskId, Image> images = new LinkedHashMap<>();
  final Set<DiskId> transfers = new HashSet<>();
  final Optional<Consistency> consistency;

  FakeSnapshot(
      String reference,
      FakeVm vm,
      Instant time,
      Optional<CheckpointId> checkpoint,
      Optional<Consistency> consistency) {
    this.reference = reference;
    this.vm = vm;
    this.time = time;
    this.checkpoint = checkpoint;
    this.consistency = consistency;
  }
}
