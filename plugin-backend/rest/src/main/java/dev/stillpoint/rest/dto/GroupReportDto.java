package dev.stillpoint.rest.dto;

import dev.stillpoint.group.Cost;
import dev.stillpoint.group.GroupReport;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.VmId;
import dev.stillpoint.rest.openapi.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * In which order the VMs of a run were read, and what that cost.
 *
 * @param vms in the order in which their reading began
 * @param fifoCost what the order given would have cost this run
 */
public record GroupReportDto(
    @Words({"highest-load", "load-per-time", "fifo", "smallest", "longest"}) String order,
    @Words({"vm", "host", "storage"}) String by,
    @Words({"sum", "mean"}) String collective,
    int readers,
    int batchSize,
    List<BatchDto> batches,
    List<MemberDto> vms,
    CostDto cost,
    CostDto fifoCost) {

  /** VMs that share a snapshot time. */
  public record BatchDto(int vms, double skewSeconds) {}

  /** Load times seconds is bytes: those that went through snapshots. */
  public record CostDto(double snapshotSeconds, double loadSeconds) {

    static CostDto of(Cost cost) {
      return new CostDto(cost.snapshotSeconds(), cost.loadSeconds());
    }
  }

  /** One VM as it went. */
  public record MemberDto(
      Optional<String> vm,
      String vmName,
      int batch,
      double snapshotSeconds,
      double readSeconds,
      double bytesPerSecond,
      double loadSeconds,
      String reason) {

    static MemberDto of(GroupReport.Member member, VmTask task) {
      return new MemberDto(
          task.vm().map(VmId::value),
          task.vmName(),
          member.batch(),
          seconds(member.underSnapshot()),
          seconds(member.reading()),
          member.load(),
          member.loadSeconds(),
          member.reason());
    }
  }

  static GroupReportDto of(GroupReport report, List<VmTask> tasks) {
    return new GroupReportDto(
        report.order().word(),
        report.by().word(),
        report.collective().word(),
        report.readers(),
        report.batchSize(),
        report.batches().stream()
            .map(batch -> new BatchDto(batch.size(), seconds(batch.skew())))
            .toList(),
        report.vms().stream().map(vm -> MemberDto.of(vm, tasks.get(vm.vm()))).toList(),
        CostDto.of(report.cost()),
        CostDto.of(report.fifoCost()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
