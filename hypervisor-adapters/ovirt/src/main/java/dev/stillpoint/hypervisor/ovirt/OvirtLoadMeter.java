package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.DiskLoad;
import dev.stillpoint.hypervisor.LoadMeter;
import dev.stillpoint.hypervisor.ovirt.mapping.LoadMapping;
import dev.stillpoint.hypervisor.ovirt.mapping.VmMapping;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ovirt.engine.sdk4.types.DiskAttachment;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/**
 * The disks' statistics, all VMs in one call.
 *
 * <p>The engine tells bytes as rates and operations as counters, which begin anew in each process
 * of a VM: after a restart and after a migration.
 */
final class OvirtLoadMeter implements LoadMeter {

  /** Hosts tell the engine no oftener. */
  private static final Duration REFRESH = Duration.ofSeconds(15);

  private final Engine engine;
  private final OvirtInventory inventory;
  private final Map<DiskId, Counted> before = new HashMap<>();
  private Optional<Long> readAtNanos = Optional.empty();
  private List<DiskLoad> latest = List.of();

  /**
   * @param process tells one process of a VM from the next
   */
  private record Counted(String process, long reads, long writes, long atNanos) {}

  OvirtLoadMeter(Engine engine, OvirtInventory inventory) {
    this.engine = engine;
    this.inventory = inventory;
  }

  @Override
  public synchronized List<DiskLoad> read() {
    long now = engine.nanoTime();
    if (readAtNanos.filter(at -> now - at < REFRESH.toNanos()).isPresent()) {
      return latest;
    }
    List<DiskLoad> loads = new ArrayList<>();
    Map<DiskId, Counted> counted = new HashMap<>();
    for (Vm vm : inventory.allVms("disk_attachments.disk.statistics")) {
      if (vm.status() == VmStatus.UP) {
        for (DiskAttachment attachment : VmMapping.attachments(vm)) {
          LoadMapping.figures(attachment)
              .ifPresent(figures -> loads.add(load(vm, attachment, figures, now, counted)));
        }
      }
    }
    before.clear();
    before.putAll(counted);
    readAtNanos = Optional.of(now);
    latest = List.copyOf(loads);
    return latest;
  }

  private DiskLoad load(
      Vm vm,
      DiskAttachment attachment,
      LoadMapping.Figures figures,
      long now,
      Map<DiskId, Counted> counted) {
    DiskId disk = new DiskId(attachment.disk().id());
    Counted current = new Counted(LoadMapping.process(vm), figures.reads(), figures.writes(), now);
    counted.put(disk, current);
    return new DiskLoad(
        new VmId(vm.id()),
        disk,
        figures.readBytesPerSecond(),
        figures.writtenBytesPerSecond(),
        Optional.ofNullable(before.get(disk)).flatMap(last -> between(last, current)));
  }

  /** Nothing where the counters began anew; a guess would be worse. */
  private static Optional<DiskLoad.Operations> between(Counted last, Counted current) {
    boolean continued =
        last.process().equals(current.process())
            && current.reads() >= last.reads()
            && current.writes() >= last.writes();
    double seconds =
        (current.atNanos() - last.atNanos()) / (double) Duration.ofSeconds(1).toNanos();
    return continued && seconds > 0
        ? Optional.of(
            new DiskLoad.Operations(
                (current.reads() - last.reads()) / seconds,
                (current.writes() - last.writes()) / seconds))
        : Optional.empty();
  }
}
