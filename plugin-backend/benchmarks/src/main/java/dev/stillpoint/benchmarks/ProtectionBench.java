package dev.stillpoint.benchmarks;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.page.Slice;
import dev.stillpoint.persistence.Database;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.Selector;
import dev.stillpoint.protection.NextStarts;
import dev.stillpoint.protection.ProtectionConditions;
import dev.stillpoint.protection.ProtectionPage;
import dev.stillpoint.protection.ProtectionReport;
import dev.stillpoint.protection.ProtectionSort;
import dev.stillpoint.upkeep.PointLedger.VmTotals;
import dev.stillpoint.upkeep.VmFigures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a server does for a page of the VMs of a site and their protection, but for the manager. */
final class ProtectionBench {

  private static final SiteId SITE = new SiteId("site-0");
  private static final Instant LATELY = Instant.parse("2026-04-20T00:00:00Z");
  private static final int POLICIES = 50;
  private static final int PAGE = 200;

  private final Database database;
  private final Random random = new Random(7);
  private final ProtectionReport.Input input;

  ProtectionBench(Database database) {
    this.database = database;
    Map<VmId, String> names = new LinkedHashMap<>();
    IntStream.range(0, ListRows.VMS).forEach(i -> names.put(new VmId("vm-" + i), "name " + i));
    List<VmPlacement> placements =
        names.entrySet().stream().map(vm -> placed(vm.getKey(), vm.getValue())).toList();
    List<Policy> policies = IntStream.range(0, POLICIES).mapToObj(ProtectionBench::policy).toList();
    Map<VmId, VmFigures> figures =
        database.ledger().totals().stream()
            .collect(Collectors.toMap(one -> one.vm().vm(), ProtectionBench::figures));
    this.input = new ProtectionReport.Input(SITE, names, placements, policies, figures);
  }

  private static VmPlacement placed(VmId vm, String name) {
    String cluster = "cluster-" + Math.abs(name.hashCode() % 20);
    return new VmPlacement(
        vm, name, "center", cluster, "host", List.of("data"), List.of("prod"), List.of());
  }

  private static Policy policy(int number) {
    return new Policy(
        new PolicyId("policy-" + number),
        "policy " + number,
        SITE,
        List.of(),
        List.of(),
        Freezing.NONE,
        true,
        Optional.of(
            new Selector(List.of(Selector.Rule.parse("name=name " + number + "*")), List.of())),
        Optional.empty(),
        GroupSettings.STANDARD,
        Optional.empty());
  }

  private static VmFigures figures(VmTotals one) {
    return new VmFigures(
        one.vmName(),
        one.points(),
        Optional.of(one.oldest()),
        Optional.of(one.newest()),
        ByteCount.ofBytes(one.points()),
        ByteCount.ZERO,
        ByteCount.ZERO);
  }

  void page() {
    ProtectionPage.of(
        ProtectionReport.of(input, NextStarts.unknown()),
        new ProtectionConditions(Optional.of("7"), Set.of(), Set.of(), false),
        Slice.first(ProtectionSort.OWN, true, PAGE));
  }

  void growth() {
    int first = random.nextInt(ListRows.VMS - PAGE);
    Set<VmId> vms =
        IntStream.range(first, first + PAGE)
            .mapToObj(i -> new VmId("vm-" + i))
            .collect(Collectors.toSet());
    LocalDate from = LocalDate.of(2026, 1, 1);
    database.space().of(vms, from, from.plusDays(60));
  }

  void figures() {
    database.ledger().totals();
    database.ledger().storedSince(LATELY);
    database.ledger().endedSince(LATELY);
  }
}
