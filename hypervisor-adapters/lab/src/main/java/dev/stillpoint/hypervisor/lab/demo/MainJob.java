package dev.stillpoint.hypervisor.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What Stillpoint is for: back all VMs up twice, restore every disk of both runs, compare. */
final class MainJob {

  /** Restored into themselves: one that is off anyway, one with two disks. */
  private static final Set<String> IN_PLACE = Set.of("files01", "db01");

  /** Restored as new VMs that stay, to be looked at. */
  private static final Set<String> KEPT = Set.of("web01", "legacy01");

  private static final long BURST_BYTES = 48L << 20;
  private static final int NEWEST_RUN = 2;

  private final StillpointCommand stillpoint;
  private final LabClient lab;
  private final Steps steps;

  MainJob(StillpointCommand stillpoint, LabClient lab, Steps steps) {
    this.stillpoint = stillpoint;
    this.lab = lab;
    this.steps = steps;
  }

  List<ComparedDisk> run() {
    JsonNode vms = stillpoint.run("vms", "list").path("items");
    List<BackedUpDisk> first = backup(1, vms.size());
    steps.begin(
        "The guests go on writing, and each writes another " + DemoReport.size(BURST_BYTES));
    for (JsonNode vm : vms) {
      if (vm.path("power").asText().equals("up")) {
        lab.burst(vm.path("id").asText(), BURST_BYTES);
      }
    }
    List<BackedUpDisk> second = backup(NEWEST_RUN, vms.size());
    Map<String, String> ids = new TreeMap<>();
    vms.forEach(vm -> ids.put(vm.path("name").asText(), vm.path("id").asText()));

    List<ComparedDisk> compared = new ArrayList<>();
    for (List<BackedUpDisk> run : List.of(first, second)) {
      Map<String, List<BackedUpDisk>> byPoint =
          run.stream()
              .collect(
                  Collectors.groupingBy(
                      BackedUpDisk::point, LinkedHashMap::new, Collectors.toList()));
      byPoint.values().forEach(disks -> compared.addAll(restored(disks, ids)));
    }
    compared.sort(
        Comparator.comparingInt((ComparedDisk disk) -> disk.source().run())
            .thenComparing(disk -> disk.source().vm())
            .thenComparing(disk -> disk.source().name()));
    return compared;
  }

  private List<BackedUpDisk> backup(int number, int vmCount) {
    steps.begin(
        "Run " + number + ": back up all " + vmCount + " VMs at one time, the guests writing");
    JsonNode run = stillpoint.run("backup", "--all");
    List<BackedUpDisk> disks = new ArrayList<>();
    for (JsonNode vm : run.path("vms")) {
      if (!vm.hasNonNull("point")) {
        throw new DemoFailure(
            "VM " + vm.path("vmName").asText() + " was not backed up: " + vm.path("problem"));
      }
      for (JsonNode disk : vm.path("disks")) {
        disks.add(disk(number, vm, disk));
      }
    }
    steps.done(
        "%d disks, %s read, %s stored"
            .formatted(
                disks.size(),
                DemoReport.size(disks.stream().mapToLong(BackedUpDisk::bytesRead).sum()),
                DemoReport.size(disks.stream().mapToLong(BackedUpDisk::bytesStored).sum())));
    return disks;
  }

  private BackedUpDisk disk(int number, JsonNode vm, JsonNode disk) {
    String id = disk.path("disk").asText();
    return new BackedUpDisk(
        number,
        vm.path("vmName").asText(),
        vm.path("point").asText(),
        id,
        disk.path("name").asText(),
        disk.path("mode").asText(),
        disk.path("reason").asText(),
        disk.path("bytesVirtual").asLong(),
        disk.path("bytesRead").asLong(),
        disk.path("bytesStored").asLong(),
        disk.path("seconds").asDouble(),
        lab.sha256AtBackup(vm.path("snapshot").asText(), id));
  }

  /** Restores one point with all its disks and compares them. */
  private List<ComparedDisk> restored(List<BackedUpDisk> disks, Map<String, String> ids) {
    BackedUpDisk any = disks.get(0);
    boolean newest = any.run() == NEWEST_RUN;
    if (newest && IN_PLACE.contains(any.vm())) {
      steps.begin("Restore " + any.vm() + " in place");
      lab.power(ids.get(any.vm()), false);
      return compared(disks, stillpoint.run("restore", any.point(), "--in-place"), "itself");
    }
    boolean kept = newest && KEPT.contains(any.vm());
    String name = any.vm() + (kept ? "-restored" : "-check");
    steps.begin("Restore " + any.vm() + " of run " + any.run() + " as the new VM " + name);
    JsonNode run = stillpoint.run("restore", any.point(), "--as-new", name);
    List<ComparedDisk> compared = compared(disks, run, name);
    if (!kept) {
      lab.remove(run.path("vms").path(0).path("vm").asText());
    }
    return compared;
  }

  private List<ComparedDisk> compared(List<BackedUpDisk> disks, JsonNode run, String restoredAs) {
    Map<String, String> restored = new TreeMap<>();
    for (JsonNode disk : run.path("vms").path(0).path("disks")) {
      restored.put(disk.path("disk").asText(), disk.path("restoredTo").asText());
    }
    List<ComparedDisk> compared = new ArrayList<>();
    for (BackedUpDisk disk : disks) {
      String id = restored.getOrDefault(disk.disk(), "");
      if (id.isEmpty()) {
        throw new DemoFailure("The restore of " + disk.vm() + " left out its disk " + disk.name());
      }
      compared.add(new ComparedDisk(disk, restoredAs, lab.sha256(id)));
    }
    long matching = compared.stream().filter(ComparedDisk::match).count();
    steps.done(String.format(Locale.ROOT, "%d of %d disks match", matching, compared.size()));
    return compared;
  }
}
