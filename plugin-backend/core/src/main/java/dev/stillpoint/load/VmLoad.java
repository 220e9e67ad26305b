package dev.stillpoint.load;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.DiskLoad;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How busy a VM's disks are, together.
 *
 * @param operations reads and writes in a second; empty where the manager has not told them yet
 */
public record VmLoad(
    long readBytesPerSecond, long writtenBytesPerSecond, Optional<DiskLoad.Operations> operations) {

  public VmLoad {
    requireNonNull(operations, "operations");
  }

  /** Bytes read and written. */
  public long bytesPerSecond() {
    return readBytesPerSecond + writtenBytesPerSecond;
  }

  /** The sums over the disks of each VM, at one time. */
  static Map<VmId, VmLoad> ofVms(List<DiskLoad> disks) {
    Map<VmId, List<DiskLoad>> byVm = new LinkedHashMap<>();
    disks.forEach(disk -> byVm.computeIfAbsent(disk.vm(), vm -> new ArrayList<>()).add(disk));
    Map<VmId, VmLoad> loads = new LinkedHashMap<>();
    byVm.forEach((vm, its) -> loads.put(vm, sum(its)));
    return loads;
  }

  /** A disk that does not tell its operations leaves the VM's unknown. */
  private static VmLoad sum(List<DiskLoad> disks) {
    boolean told = disks.stream().allMatch(disk -> disk.operations().isPresent());
    return new VmLoad(
        disks.stream().mapToLong(DiskLoad::readBytesPerSecond).sum(),
        disks.stream().mapToLong(DiskLoad::writtenBytesPerSecond).sum(),
        told
            ? Optional.of(
                new DiskLoad.Operations(
                    disks.stream().mapToDouble(d -> d.operations().get().readsPerSecond()).sum(),
                    disks.stream().mapToDouble(d -> d.operations().get().writesPerSecond()).sum()))
            : Optional.empty());
  }

  /**
   * @param loads of one VM at several times, at least one
   */
  static VmLoad mean(List<VmLoad> loads) {
    List<DiskLoad.Operations> told = loads.stream().flatMap(l -> l.operations().stream()).toList();
    return new VmLoad(
        Math.round(average(loads, VmLoad::readBytesPerSecond)),
        Math.round(average(loads, VmLoad::writtenBytesPerSecond)),
        told.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new DiskLoad.Operations(
                    average(told, DiskLoad.Operations::readsPerSecond),
                    average(told, DiskLoad.Operations::writesPerSecond))));
  }

  private static <T> double average(List<T> items, ToDoubleFunction<T> figure) {
    return items.stream().mapToDouble(figure).average().orElse(0);
  }
}
