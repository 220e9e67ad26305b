package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskSettings.StorageRef;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.DriveContent;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.MediaDrive;
import dev.stillpoint.hypervisor.Medium;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.Optional;

/** The CD drives of the fake site. */
final class FakeMediaDrive implements MediaDrive {

  private final FakeSession session;
  private final FakeManager manager;

  FakeMediaDrive(FakeSession session, FakeManager manager) {
    this.session = session;
    this.manager = manager;
  }

  @Override
  public DriveContent content(VmId vm) {
    return session.call(
        FakeCall.DRIVE_CONTENT,
        () -> {
          FakeVm it = manager.vm(vm);
          return new DriveContent(
              it.power == PowerState.UP, medium(it.mediumNow), medium(it.mediumAtStart));
        });
  }

  private Optional<Medium> medium(String reference) {
    return Optional.of(reference)
        .filter(there -> !there.isEmpty())
        .map(there -> new Medium(there, name(there)));
  }

  private String name(String reference) {
    FakeDisk disk = manager.disks.get(new DiskId(reference));
    return disk == null ? reference : disk.settings.name();
  }

  @Override
  public DiskWriter createIso(VmId vm, String fileName, ByteCount size, EffectJournal journal) {
    DiskSettings like =
        new DiskSettings(
            new DiskId("new"),
            fileName,
            size,
            Optional.empty(),
            "raw",
            true,
            false,
            new StorageRef(manager.storageId, manager.storageName),
            "",
            false,
            false,
            true,
            "");
    return new FakeRestoreTarget(session, manager).createDisk(like, journal);
  }

  @Override
  public boolean canReach(VmId vm, DiskId iso) {
    return session.call(FakeCall.DRIVE_CONTENT, () -> manager.disks.containsKey(iso));
  }

  @Override
  public void insert(VmId vm, String medium, Moment moment) {
    session.run(FakeCall.CHANGE_DRIVE, () -> change(manager.vm(vm), medium, moment));
  }

  @Override
  public void eject(VmId vm, Moment moment) {
    session.run(FakeCall.CHANGE_DRIVE, () -> change(manager.vm(vm), "", moment));
  }

  private void change(FakeVm vm, String medium, Moment moment) {
    if (moment == Moment.NEXT_START) {
      vm.mediumAtStart = medium;
      return;
    }
    if (vm.power != PowerState.UP || vm.trayLocked) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The drive of VM " + vm.name() + " cannot be changed now",
          "Start the VM, or unmount the CD in it");
    }
    vm.mediumNow = medium;
  }
}
