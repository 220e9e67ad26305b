package dev.stillpoint.rest.dto;

import dev.stillpoint.job.Problem;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.protection.VmProtection;
import dev.stillpoint.protection.VmProtection.State;
import dev.stillpoint.repository.SpaceReport;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.site.Site;
import dev.stillpoint.space.Forecast;
import dev.stillpoint.upkeep.VmFigures;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What an administrator wants to know first. */
public record OverviewDto(
    List<SiteDto> sites, SpaceDto space, ForecastDto forecast, List<LargeVmDto> largest) {

  private static final int LARGEST = 10;
  private static final int UNPROTECTED = 20;

  /** How many VMs of a site are protected; counts are absent when its manager does not answer. */
  public record SiteDto(
      String site,
      String name,
      Optional<CountsDto> vms,
      List<UnprotectedDto> unprotected,
      Optional<ProblemDto> problem) {

    public static SiteDto of(Site site, List<VmProtection> vms) {
      return new SiteDto(
          site.id().value(),
          site.name(),
          Optional.of(
              new CountsDto(
                  count(vms, State.PROTECTED),
                  count(vms, State.WAITING),
                  count(vms, State.UNPROTECTED),
                  count(vms, State.GONE))),
          vms.stream()
              .filter(vm -> vm.state() == State.UNPROTECTED)
              .limit(UNPROTECTED)
              .map(vm -> UnprotectedDto.of(vm))
              .toList(),
          Optional.empty());
    }

    public static SiteDto unknown(Site site, Problem problem) {
      return new SiteDto(
          site.id().value(),
          site.name(),
          Optional.empty(),
          List.of(),
          Optional.of(ProblemDto.of(problem)));
    }

    private static int count(List<VmProtection> vms, State state) {
      return (int) vms.stream().filter(vm -> vm.state() == state).count();
    }
  }

  /** VMs by state. */
  public record CountsDto(int safe, int waiting, int unprotected, int gone) {}

  /** The first of them, with the reason of each. */
  public record UnprotectedDto(String vm, String name, String reason, List<ReasonDto> reasons) {

    static UnprotectedDto of(VmProtection vm) {
      return new UnprotectedDto(
          vm.vm().vm().value(), vm.name(), vm.reason().text(), ReasonDto.of(List.of(vm.reason())));
    }
  }

  /** Used, of which about so much is reclaimable, and free. */
  public record SpaceDto(
      Optional<Long> reserveBytes, long usedBytes, long reclaimableBytes, long freeBytes) {}

  /** When it is full if it goes on like this. */
  public record ForecastDto(
      Optional<Long> bytesPerDay, Optional<LocalDate> fullOn, String reason) {}

  /** One of the VMs that take the most. */
  public record LargeVmDto(
      String site,
      String vm,
      String name,
      long bytesUnique,
      long bytesShared,
      long bytesReclaimable) {}

  /**
   * @param vms all there are: what is reclaimable of them concerns everybody
   * @param shown which of them may be named
   */
  public static OverviewDto of(
      List<SiteDto> sites,
      SpaceReport space,
      Forecast forecast,
      Map<VmRef, VmFigures> vms,
      Predicate<VmRef> shown) {
    long expired = vms.values().stream().mapToLong(vm -> vm.reclaimable().bytes()).sum();
    long garbage = space.reclaimable().map(ByteCount::bytes).orElse(0L) + expired;
    return new OverviewDto(
        sites,
        new SpaceDto(
            space.reserve().map(ByteCount::bytes),
            space.used().bytes(),
            Math.min(space.used().bytes(), garbage),
            space.free().bytes()),
        new ForecastDto(forecast.bytesPerDay(), forecast.fullOn(), forecast.reason()),
        vms.entrySet().stream()
            .filter(entry -> shown.test(entry.getKey()))
            .sorted(
                Comparator.comparingLong(
                    (Map.Entry<VmRef, VmFigures> entry) -> -entry.getValue().unique().bytes()))
            .limit(LARGEST)
            .map(entry -> large(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static LargeVmDto large(VmRef vm, VmFigures figures) {
    return new LargeVmDto(
        vm.site().value(),
        vm.vm().value(),
        figures.vmName(),
        figures.unique().bytes(),
        figures.shared().bytes(),
        figures.reclaimable().bytes());
  }
}
