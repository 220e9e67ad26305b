package dev.stillpoint.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.Cluster;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.StorageSpace;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.testing.Samples;
import dev.stillpoint.testing.Wish;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestorePlannerTest {

  private final RestorePoint point = Samples.richPoint("point");

  @Test
  void aDiskThatIsStillThereIsReplacedByItselfOnlyNotByANamesakeThatIsGone() {
    DiskSettings kept = point.settings().disks().get(0);
    DiskSettings gone = kept.withId(new DiskId("gone"));
    RestorePoint twins = point(List.of(kept, gone), List.of(kept, gone));
    RestorePlan plan = plan(twins, vm(List.of(kept)));
    assertThat(plan.disks())
        .extracting(disk -> disk.replaces().map(DiskSettings::id))
        .containsExactly(Optional.of(kept.id()), Optional.empty());
  }

  @Test
  void namesakesThatAreBothGoneDoNotFightForOnePlace() {
    DiskSettings one = point.settings().disks().get(0);
    DiskSettings other = one.withId(new DiskId("other"));
    RestorePoint twins = point(List.of(one, other), List.of(one, other));
    RestorePlan plan = plan(twins, vm(List.of(one.withId(new DiskId("new")))));
    assertThat(plan.disks()).allMatch(disk -> disk.replaces().isEmpty());
  }

  @Test
  void aDiskThatWasLeftOutOfTheBackupIsNotSaidToHaveBeenAttachedLater() {
    DiskSettings kept = point.settings().disks().get(0);
    DiskSettings excluded = kept.withId(new DiskId("excluded")).withName("swap disk");
    DiskSettings later = kept.withId(new DiskId("later")).withName("new disk");
    RestorePoint partial = point(List.of(kept, excluded), List.of(kept));
    RestorePlan plan = plan(partial, vm(List.of(kept, excluded, later)));
    assertThat(plan.notes())
        .contains("Disk swap disk is not in the restore point and is not restored")
        .contains("Disk new disk was attached later and stays as it is")
        .noneMatch(note -> note.contains("Disk swap disk was attached later"));
  }

  @Test
  void refusesAStorageThatTheVmsClusterCannotReachBeforeAnythingIsWritten() {
    DiskSettings disk = point.settings().disks().get(0);
    Cluster cluster = point.settings().cluster();
    for (String reaches : List.of(cluster.id(), "another")) {
      StorageSpace storage =
          new StorageSpace(
              disk.storage().id(),
              disk.storage().name(),
              ByteCount.ofGibibytes(1000),
              true,
              false,
              Set.of(reaches));
      SiteState site =
          new SiteState(
              Optional.empty(),
              List.of(),
              List.of(),
              Map.of(),
              List.of(cluster),
              List.of(storage),
              List.of());
      RestorePlan plan =
          RestorePlanner.plan(
              point(List.of(disk), List.of(disk)),
              Wish.asNew(point.id(), "copy").request(),
              Map.of(),
              site);
      assertThat(plan.refusals())
          .extracting(Problem::detail)
          .isEqualTo(
              reaches.equals("another")
                  ? List.of(
                      "VMs of cluster %s cannot have disks on storage %s"
                          .formatted(cluster.name(), storage.name()))
                  : List.of());
    }
  }

  @Test
  void aUsersNewVmGoesToTheClusterThatItsVmHasMovedToAndAnAdministratorsToThatOfThePoint() {
    List<DiskSettings> disks = point.settings().disks().subList(0, 1);
    RestorePoint from = point(disks, disks);
    Cluster then = point.settings().cluster();
    Cluster now = new Cluster("elsewhere", "Elsewhere");
    VmSettings moved = vm(disks, now);
    SiteState site =
        new SiteState(
            Optional.of(moved),
            List.of(),
            List.of(),
            Map.of(),
            List.of(then, now),
            List.of(),
            List.of());
    RestoreRequest.Choices given =
        new RestoreRequest.Choices(Map.of(), false, Optional.of("somebody"));
    RestorePlan users =
        RestorePlanner.plan(
            from, Wish.asNew(point.id(), "copy").choices(given).request(), Map.of(), site);
    assertThat(users.target().cluster()).isEqualTo(now);
    assertThat(users.notes())
        .contains(
            "The VM was in cluster %s then; the new one goes to Elsewhere, where it is now"
                .formatted(then.name()));
    RestorePlan administrators =
        RestorePlanner.plan(from, Wish.asNew(point.id(), "copy").request(), Map.of(), site);
    assertThat(administrators.target().cluster()).isEqualTo(then);
  }

  private static RestorePlan plan(RestorePoint from, VmSettings now) {
    RestoreRequest request = Wish.inPlace(from.id(), now.name()).request();
    SiteState site =
        new SiteState(
            Optional.of(now), List.of(), List.of(), Map.of(), List.of(), List.of(), List.of());
    return RestorePlanner.plan(from, request, Map.of(), site);
  }

  private RestorePoint point(List<DiskSettings> disks, List<DiskSettings> backedUp) {
    RestorePoint.Disk like = point.disks().get(0);
    return new RestorePoint(
        point.id(),
        point.site(),
        point.run(),
        point.policy(),
        point.time(),
        point.created(),
        point.checkpoint(),
        point.consistency(),
        backedUp.stream()
            .map(
                disk ->
                    new RestorePoint.Disk(
                        disk.id(),
                        disk.name(),
                        disk.size(),
                        like.readMode(),
                        like.read(),
                        like.stored()))
            .toList(),
        List.of(),
        vm(disks),
        Optional.empty(),
        Optional.empty());
  }

  private VmSettings vm(List<DiskSettings> disks) {
    return vm(disks, point.settings().cluster());
  }

  private VmSettings vm(List<DiskSettings> disks, Cluster cluster) {
    VmSettings like = point.settings();
    return new VmSettings(
        like.id(),
        like.name(),
        like.description(),
        like.comment(),
        like.power(),
        cluster,
        like.hardware(),
        like.bootOrder(),
        like.operatingSystem(),
        disks,
        like.nics(),
        like.nativeDocument(),
        like.attributes());
  }
}
