package dev.stillpoint.rest.dto;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.retention.VmRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was deleted, or would be.
 *
 * @param bytesFreed what the next collection gives back, at most about
 */
public record DeletionDto(boolean deleted, long bytesFreed, List<VmDto> vms, List<GoneDto> points) {

  /**
   * What comes free of one VM.
   *
   * @param bytesFreed absent where a point cannot be read
   * @param points of it that are chosen
   */
  public record VmDto(
      String site, String vm, String vmName, int points, Optional<Long> bytesFreed) {}

  /** A chosen point. */
  public record GoneDto(String id, String vm, String vmName, Instant time, long bytesStored) {}

  public static DeletionDto of(
      boolean deleted, List<KeptPoint> points, Map<VmRef, ByteCount> freed) {
    List<VmDto> vms =
        points.stream()
            .map(KeptPoint::vm)
            .distinct()
            .map(vm -> vm(vm, points, Optional.ofNullable(freed.get(vm))))
            .toList();
    return new DeletionDto(
        deleted,
        freed.values().stream().mapToLong(ByteCount::bytes).sum(),
        vms,
        points.stream()
            .map(
                point ->
                    new GoneDto(
                        point.id().value(),
                        point.vm().vm().value(),
                        point.vmName(),
                        point.time(),
                        point.stored().bytes()))
            .toList());
  }

  private static VmDto vm(VmRef vm, List<KeptPoint> points, Optional<ByteCount> freed) {
    List<KeptPoint> chosen = points.stream().filter(point -> point.vm().equals(vm)).toList();
    return new VmDto(
        vm.site().value(),
        vm.vm().value(),
        chosen.get(0).vmName(),
        chosen.size(),
        freed.map(ByteCount::bytes));
  }
}
