package dev.stillpoint.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.group.Candidate;
import dev.stillpoint.group.Collective;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.group.LoadOrder;
import dev.stillpoint.group.OrderBy;
import dev.stillpoint.group.ReaderLimits;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.GlobalOptions;
import dev.stillpoint.terminal.Surroundings;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stillpoint simulate}. */
@Command(
    description = {
      "Shows what each order of reading would cost a fleet of VMs, without a server.",
      "CARRIED is what guests read and write while they have a snapshot. The fleet is generated, or"
          + " recorded: stillpoint --json vms list --load --placement > fleet.json. Loads stay as"
          + " they are, and reads do not slow each other."
    })
public final class SimulateCommand implements Callable<Integer> {

  private final Surroundings around;
  private final GlobalOptions options;

  @Option(
      names = "--vms",
      defaultValue = "1000",
      paramLabel = "N",
      description = "How many VMs to generate, up to 10000: ${DEFAULT-VALUE}.")
  private int vms;

  @Option(
      names = "--skew",
      defaultValue = "1.16",
      paramLabel = "ALPHA",
      description =
          "How unequal their loads are (Pareto): ${DEFAULT-VALUE} gives a fifth of the VMs four"
              + " fifths of the load; larger is more equal.")
  private double alpha;

  @Option(
      names = "--related",
      description = "What is to be read of a VM is proportional to its load.")
  private boolean related;

  @Option(
      names = "--hosts",
      defaultValue = "25",
      paramLabel = "N",
      description = "Hosts that they run on: ${DEFAULT-VALUE}.")
  private int hosts;

  @Option(
      names = "--storages",
      defaultValue = "10",
      paramLabel = "N",
      description = "Storages that their disks lie on: ${DEFAULT-VALUE}.")
  private int storages;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "The same number makes the same fleet: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--fleet",
      paramLabel = "FILE",
      description =
          "A recorded fleet instead: that JSON, or lines of"
              + " name,bytesPerSecond,bytesToRead[,host[,storage]].")
  private Optional<Path> fleet = Optional.empty();

  @Option(
      names = "--changed",
      defaultValue = "3",
      paramLabel = "PERCENT",
      description = "Of the recorded JSON's disks so much is read: ${DEFAULT-VALUE}.")
  private double changedPercent;

  @Option(
      names = "--readers",
      split = ",",
      defaultValue = "1,2,4",
      paramLabel = "N",
      description = "How many VMs are read at one time: ${DEFAULT-VALUE}.")
  private List<Integer> readers = new ArrayList<>();

  @Option(
      names = "--batch",
      split = ",",
      defaultValue = "0,50",
      paramLabel = "N",
      description = "How many VMs share a snapshot time, 0 for all: ${DEFAULT-VALUE}.")
  private List<Integer> batches = new ArrayList<>();

  @Option(
      names = "--by",
      defaultValue = "vm",
      paramLabel = "WHAT",
      description = "vm, host or storage: ${DEFAULT-VALUE}.")
  private String by = "";

  @Option(
      names = "--collective",
      defaultValue = "sum",
      paramLabel = "HOW",
      description = "sum or mean: ${DEFAULT-VALUE}.")
  private String collective = "";

  @Option(
      names = "--per-host",
      defaultValue = "0",
      paramLabel = "N",
      description = "At most so many are read on one host; 0: no limit.")
  private int perHost;

  public SimulateCommand(Surroundings around, GlobalOptions options) {
    this.around = around;
    this.options = options;
  }

  @Override
  public Integer call() {
    List<GroupRules> all = rules();
    List<Candidate> members =
        fleet
            .map(file -> new FleetFile(file, changedPercent / 100).read())
            .orElseGet(
                () -> new FleetShape(vms, alpha, hosts, storages, related).make(new Random(seed)));
    List<Comparison.Row> rows =
        all.stream().flatMap(rules -> Comparison.of(members, rules).stream()).toList();
    if (options.json()) {
      around.out().println(document(members, rows));
    } else {
      print(members, rows);
    }
    return ExitCode.OK;
  }

  /** One for each number of readers and size of batches. */
  private List<GroupRules> rules() {
    ReaderLimits limits = new ReaderLimits(Math.max(0, perHost), 0, 0);
    List<GroupRules> all = new ArrayList<>();
    for (int batch : batches) {
      for (int count : readers) {
        GroupSettings checked =
            new GroupSettings(
                Optional.empty(),
                Optional.of(OrderBy.parse(by)),
                Optional.of(Collective.parse(collective)),
                Optional.of(batch),
                Optional.of(count));
        all.add(
            new GroupRules(LoadOrder.FIFO, OrderBy.VM, Collective.SUM, 0, 1, limits).with(checked));
      }
    }
    return all;
  }

  private void print(List<Candidate> members, List<Comparison.Row> rows) {
    around
        .out()
        .printf(
            "%d VMs, %s/s together, %s to read%n",
            members.size(),
            Wording.size(Math.round(members.stream().mapToDouble(Candidate::load).sum())),
            Wording.size(Math.round(members.stream().mapToDouble(Candidate::bytes).sum())));
    Table table =
        new Table(
            ">READERS", ">BATCH", "ORDER", ">CARRIED", ">OF FIFO", ">UNDER SNAPSHOT", ">TAKES");
    for (Comparison.Row row : rows) {
      table.row(
          String.valueOf(row.readers()),
          row.batchSize() == 0 ? "all" : String.valueOf(row.batchSize()),
          row.order().word(),
          Wording.size(Math.round(row.cost().loadSeconds())),
          String.format(Locale.ROOT, "%.3f", row.ofFifo()),
          String.format(Locale.ROOT, "%.1f h", row.cost().snapshotSeconds() / 3600),
          Wording.duration(Duration.ofMillis(Math.round(row.seconds() * 1000))));
    }
    table.print(around.out());
  }

  private static ObjectNode document(List<Candidate> members, List<Comparison.Row> rows) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("vms", members.size());
    ArrayNode items = document.putArray("items");
    for (Comparison.Row row : rows) {
      items
          .addObject()
          .put("order", row.order().word())
          .put("readers", row.readers())
          .put("batchSize", row.batchSize())
          .put("loadSeconds", row.cost().loadSeconds())
          .put("snapshotSeconds", row.cost().snapshotSeconds())
          .put("seconds", row.seconds())
          .put("ofFifo", row.ofFifo());
    }
    return document;
  }
}
