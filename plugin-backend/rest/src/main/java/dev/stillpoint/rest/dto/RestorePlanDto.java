package dev.stillpoint.rest.dto;

import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.restore.RestorePlan;
import java.util.List;
import java.util.Optional;

/** What a restore would do. */
public record RestorePlanDto(
    String point,
    @Words({"in-place", "new-vm"}) String mode,
    String vmName,
    List<PlannedDiskDto> disks,
    List<VmSettingsDto.NicDto> nics,
    List<String> notes,
    List<ProblemDto> refusals) {

  /**
   * One disk it would write.
   *
   * @param bytesTaken of its storage: what is written, or its whole size if that is set aside
   */
  public record PlannedDiskDto(
      String disk,
      String name,
      long bytesVirtual,
      long bytesToWrite,
      long bytesTaken,
      String storage,
      Optional<String> replaces) {

    static PlannedDiskDto of(RestorePlan.PlannedDisk disk) {
      return new PlannedDiskDto(
          disk.image().value(),
          disk.target().name(),
          disk.target().size().bytes(),
          disk.data().bytes(),
          disk.takes().bytes(),
          disk.target().storage().name(),
          disk.replaces().map(old -> old.id().value()));
    }
  }

  public static RestorePlanDto of(RestorePlan plan) {
    return new RestorePlanDto(
        plan.point().value(),
        switch (plan.mode()) {
          case IN_PLACE -> "in-place";
          case NEW_VM -> "new-vm";
        },
        plan.target().name(),
        plan.disks().stream().map(PlannedDiskDto::of).toList(),
        plan.target().nics().stream().map(VmSettingsDto.NicDto::of).toList(),
        plan.notes(),
        plan.refusals().stream().map(ProblemDto::of).toList());
  }
}
