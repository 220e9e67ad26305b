package dev.stillpoint.hypervisor.ovirt.mapping;

import static java.util.stream.Collectors.toMap;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.ovirt.engine.sdk4.types.DiskAttachment;
import org.ovirt.engine.sdk4.types.Statistic;
import org.ovirt.engine.sdk4.types.Vm;

/** From the SDK's statistics to figures. */
public final class LoadMapping {

  /** What the engine tells of a disk; reads and writes are counters. */
  public record Figures(
      long readBytesPerSecond, long writtenBytesPerSecond, long reads, long writes) {}

  private LoadMapping() {}

  /** Empty where the disk has no statistics. */
  public static Optional<Figures> figures(DiskAttachment attachment) {
    if (!attachment.diskPresent() || !attachment.disk().statisticsPresent()) {
      return Optional.empty();
    }
    Map<String, Long> values =
        attachment.disk().statistics().stream()
            .filter(LoadMapping::isTold)
            .collect(toMap(Statistic::name, LoadMapping::value, (one, same) -> one));
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figures(
                values.getOrDefault("data.current.read", 0L),
                values.getOrDefault("data.current.write", 0L),
                values.getOrDefault("data.current.read_ops", 0L),
                values.getOrDefault("data.current.write_ops", 0L)));
  }

  /** Where nobody measures, the list of values is there and empty. */
  private static boolean isTold(Statistic statistic) {
    return statistic.namePresent()
        && statistic.valuesPresent()
        && !statistic.values().isEmpty()
        && statistic.values().get(0).datumPresent();
  }

  private static long value(Statistic statistic) {
    BigDecimal datum = statistic.values().get(0).datum();
    return Math.max(0, datum.longValue());
  }

  /** Another text for each process of a VM: its host and its start. */
  public static String process(Vm vm) {
    String host = vm.hostPresent() ? vm.host().id() : "";
    String start = vm.startTimePresent() ? vm.startTime().toInstant().toString() : "";
    return host + "/" + start;
  }
}
