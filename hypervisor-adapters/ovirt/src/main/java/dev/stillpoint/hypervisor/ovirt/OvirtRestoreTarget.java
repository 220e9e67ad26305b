package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.Outcome;
import dev.stillpoint.hypervisor.RestoreTarget;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.model.VmId;
import java.util.List;

/** Makes and changes VMs and disks of an engine. */
final class OvirtRestoreTarget implements RestoreTarget {

  private final DiskFilling filling;
  private final DiskSwaps swaps;
  private final VmBuilding building;
  private final AttributeRestore attributes;

  OvirtRestoreTarget(
      DiskFilling filling, DiskSwaps swaps, VmBuilding building, AttributeRestore attributes) {
    this.filling = filling;
    this.swaps = swaps;
    this.building = building;
    this.attributes = attributes;
  }

  @Override
  public DiskWriter createDisk(DiskSettings like, EffectJournal journal) {
    return filling.createDisk(like, journal);
  }

  @Override
  public void swapDisks(VmId vm, List<DiskSwap> wanted, EffectJournal journal) {
    swaps.swap(vm, wanted, journal);
  }

  @Override
  public List<String> applySettings(VmId vm, VmSettings wanted) {
    return building.apply(vm, wanted);
  }

  @Override
  public List<Outcome> applyAttributes(VmId vm, VmAttributes wanted, boolean withPermissions) {
    return attributes.apply(vm, wanted, withPermissions);
  }

  @Override
  public VmId createVm(VmSettings settings, String mark, EffectJournal journal) {
    return building.create(settings, mark, journal);
  }

  @Override
  public void attachDisk(VmId vm, DiskSettings disk) {
    swaps.attach(vm, disk);
  }

  @Override
  public void completeVm(VmId vm, VmSettings settings) {
    building.complete(vm, settings);
  }

  @Override
  public String giveTo(VmId vm, String caller) {
    return attributes.giveTo(vm, caller);
  }
}
