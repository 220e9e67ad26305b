package dev.stillpoint.rest.dto;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.group.GroupTime;
import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.retention.Lifetime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A restore point.
 *
 * @param settings only when it is asked for by itself
 * @param rights what the caller may have done with its VM; only when it is asked for by itself
 */
public record PointDto(
    String id,
    String site,
    String vm,
    String vmName,
    Instant time,
    Instant created,
    String run,
    Optional<String> policy,
    @Words(value = "unknown", of = Consistency.class) String consistency,
    List<DiskDto> disks,
    List<LeftOutDto> leftOut,
    Optional<GroupTimeDto> group,
    Optional<VmSettingsDto> settings,
    Optional<Instant> expires,
    @Words(of = Right.class) Optional<List<String>> rights) {

  /** The time that the VM shares with others of its run, by the manager's clock. */
  public record GroupTimeDto(int vms, Instant earliest, Instant latest, double skewSeconds) {

    static GroupTimeDto of(GroupTime time) {
      return new GroupTimeDto(
          time.vms(), time.earliest(), time.latest(), time.skew().toMillis() / 1000.0);
    }
  }

  /** A disk of the VM that is not in the point. */
  public record LeftOutDto(String disk, String name, String reason) {

    static LeftOutDto of(RestorePoint.LeftOut disk) {
      return new LeftOutDto(disk.id().value(), disk.name(), disk.reason());
    }
  }

  /**
   * A disk of the point.
   *
   * @param reason why it was read in full; empty otherwise
   * @param reasons the same for programs; empty where the sentence has no code
   */
  public record DiskDto(
      String disk,
      String name,
      long bytesVirtual,
      @Words({"full", "incremental"}) String mode,
      String reason,
      List<ReasonDto> reasons,
      long bytesRead,
      long bytesStored) {

    static DiskDto of(RestorePoint.Disk disk) {
      return new DiskDto(
          disk.id().value(),
          disk.name(),
          disk.size().bytes(),
          disk.readMode().incremental() ? "incremental" : "full",
          disk.readMode().reason(),
          ReasonDto.in(disk.readMode().reason()),
          disk.read().bytes(),
          disk.stored().bytes());
    }
  }

  /** For a list. */
  public static PointDto line(RestorePoint point) {
    return of(point, Optional.empty(), Optional.empty());
  }

  /** With everything. */
  public static PointDto whole(RestorePoint point, Set<Right> rights) {
    return of(
        point,
        Optional.of(VmSettingsDto.of(point.settings())),
        Optional.of(ProtectionDto.words(rights)));
  }

  private static PointDto of(
      RestorePoint point, Optional<VmSettingsDto> settings, Optional<List<String>> rights) {
    return new PointDto(
        point.id().value(),
        point.site().value(),
        point.settings().id().value(),
        point.settings().name(),
        point.time(),
        point.created(),
        point.run().value(),
        point.policy().map(PolicyId::value),
        point.consistency().map(level -> level.name().toLowerCase(Locale.ROOT)).orElse("unknown"),
        point.disks().stream().map(DiskDto::of).toList(),
        point.leftOut().stream().map(LeftOutDto::of).toList(),
        point.group().map(GroupTimeDto::of),
        settings,
        point.lifetime().flatMap(Lifetime::expires),
        rights);
  }
}
