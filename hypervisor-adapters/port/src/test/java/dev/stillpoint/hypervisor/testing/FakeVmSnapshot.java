package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.hypervisor.SnapshotDisk;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One VM of the fake site at one time. */
final class FakeVmSnapshot implements VmSnapshot {

  private final FakeSession session;
  private final FakeManager manager;
  private final FakeSnapshot snapshot;
  private final EffectJournal journal;
  private final OutsideEffect effect;
  private final List<String> notes;
  private boolean removalTried;

  FakeVmSnapshot(
      FakeSession session,
      FakeManager manager,
      FakeSnapshot snapshot,
      EffectJournal journal,
      OutsideEffect effect,
      List<String> notes) {
    this.session = session;
    this.manager = manager;
    this.snapshot = snapshot;
    this.journal = journal;
    this.effect = effect;
    this.notes = List.copyOf(notes);
  }

  @Override
  public String reference() {
    return snapshot.reference;
  }

  @Override
  public Instant time() {
    return snapshot.time;
  }

  @Override
  public Optional<CheckpointId> checkpoint() {
    return snapshot.checkpoint;
  }

  @Override
  public List<SnapshotDisk> disks() {
    return snapshot.images.entrySet().stream()
        .map(
            e ->
                new SnapshotDisk(
                    e.getKey(), ByteCount.ofBytes(e.getValue().content.length), e.getValue().mode))
        .toList();
  }

  @Override
  public Optional<Consistency> consistency() {
    return snapshot.consistency;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public DiskReader open(DiskId disk) {
    FakeSnapshot.Image image = snapshot.images.get(disk);
    if (image == null) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND,
          "Disk " + disk + " is not part of the snapshot of VM " + snapshot.vm.name(),
          "Open one of the snapshot's disks");
    }
    OutsideEffect transfer =
        new OutsideEffect(
            OutsideEffect.Kind.TRANSFER,
            snapshot.reference + ":" + disk,
            Map.of("snapshot", snapshot.reference, "disk", disk.value()));
    journal.intend(transfer);
    FakeSnapshot.Image asRead =
        session.call(
            FakeCall.OPEN_READER,
            () -> {
              requireThere();
              snapshot.transfers.add(disk);
              return image.mode.incremental() && manager.dirtyRefused.contains(disk)
                  ? new FakeSnapshot.Image(
                      image.content,
                      ReadMode.full("the manager could not tell what changed"),
                      new BitSet())
                  : image;
            });
    Runnable end =
        () -> {
          session.run(FakeCall.CLOSE_READER, () -> snapshot.transfers.remove(disk));
          journal.released(transfer);
        };
    return new FakeDiskReader(session, asRead, end);
  }

  @Override
  public void remove() {
    removalTried = true;
    session.run(
        FakeCall.REMOVE_SNAPSHOT,
        () -> {
          if (!snapshot.transfers.isEmpty()) {
            throw new StillpointException(
                ErrorKind.CONFLICT,
                "A transfer of the snapshot of VM " + snapshot.vm.name() + " is still open",
                "Close the readers first");
          }
          manager.snapshots.remove(snapshot.reference);
        });
    journal.released(effect);
  }

  @Override
  public void close() {
    if (removalTried) {
      return;
    }
    try {
      remove();
    } catch (StillpointException ignored) {
      // The journal still lists it; that is what tests look at.
    }
  }

  private void requireThere() {
    if (!manager.snapshots.containsKey(snapshot.reference)) {
      throw new StillpointException(
          ErrorKind.HYPERVISOR_REFUSED,
          "The snapshot of VM " + snapshot.vm.name() + " is gone",
          "Take the backup again");
    }
  }
}
