package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.repository.Manifest;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.SpaceReport;
import dev.stillpoint.repository.maintenance.OwnerUsage;
import dev.stillpoint.repository.maintenance.UsageFigures;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository usage}. */
@Command(
    description = {
      "Shows how full the repository is, and how much each VM takes.",
      "What a VM takes alone comes free when all its points are expired and collected. The figures"
          + " are those of the last collection; what was stored since is added."
    })
final class UsageCommand implements Callable<Integer> {

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  UsageCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Repository repository = session.open(directory)) {
      answer(
          repository.space(),
          repository.maintenance().usageByOwner(),
          vmNames(repository.manifests()));
    }
    return ExitCode.OK;
  }

  /** The newest name of each VM, by what its points are counted under. */
  private static Map<String, String> vmNames(List<Manifest> oldestFirst) {
    Map<String, String> names = new TreeMap<>();
    for (Manifest manifest : oldestFirst) {
      names.put(
          manifest.labels().getOrDefault(Manifest.OWNER_LABEL, ""), PointLabels.vmName(manifest));
    }
    return names;
  }

  private void answer(SpaceReport space, UsageFigures usage, Map<String, String> names) {
    List<Map.Entry<String, OwnerUsage>> largestFirst =
        usage.owners().entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, OwnerUsage>>comparingLong(
                        entry -> -entry.getValue().unique().bytes())
                    .thenComparing(Map.Entry::getKey))
            .toList();
    ObjectNode document = OfflineSession.newDocument();
    space.reserve().ifPresent(reserve -> document.put("bytesReserve", reserve.bytes()));
    document
        .put("bytesClaimed", space.claimed().bytes())
        .put("bytesUsed", space.used().bytes())
        .put("bytesFree", space.free().bytes())
        .put("bytesReclaimable", usage.reclaimable().bytes());
    usage.asOf().ifPresent(time -> document.put("asOf", time.toString()));
    ArrayNode vms = document.putArray("vms");
    largestFirst.forEach(
        entry ->
            vms.addObject()
                .put("vm", names.getOrDefault(entry.getKey(), entry.getKey()))
                .put("bytesUnique", entry.getValue().unique().bytes())
                .put("bytesShared", entry.getValue().shared().bytes()));
    session.answer(document, () -> print(space, usage, largestFirst, names));
  }

  private void print(
      SpaceReport space,
      UsageFigures usage,
      List<Map.Entry<String, OwnerUsage>> owners,
      Map<String, String> names) {
    session
        .out()
        .printf(
            "%s used, %s free, %s; %s%n",
            space.used(),
            space.free(),
            space
                .reserve()
                .map(reserve -> "of a reserve of " + reserve)
                .orElse("there is no reserve"),
            reclaimable(usage));
    Table table = new Table("VM", ">ALONE", ">WITH OTHERS");
    owners.forEach(
        entry ->
            table.row(
                names.getOrDefault(entry.getKey(), entry.getKey()),
                Wording.size(entry.getValue().unique().bytes()),
                Wording.size(entry.getValue().shared().bytes())));
    table.print(session.out());
  }

  private String reclaimable(UsageFigures usage) {
    ByteCount garbage = usage.reclaimable();
    return usage
        .asOf()
        .map(
            time ->
                "%s reclaimable as of %s"
                    .formatted(garbage, Wording.time(time, session.around().zone())))
        .orElse("what is reclaimable is known after the first collection");
  }
}
