package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.group.Collective;
import dev.stillpoint.group.Cost;
import dev.stillpoint.group.GroupReport;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.group.LoadOrder;
import dev.stillpoint.group.OrderBy;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunRequest;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.Selector;
import dev.stillpoint.testing.Samples;
import dev.stillpoint.testing.Wish;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs of earlier releases stay readable: these files are never changed. */
final class RunDocumentTest {

  private final Documents documents = new Documents();

  @Test
  void readsABackupThatTheFirstReleaseKept() {
    assertThat(documents.read(RestorePointDocumentTest.golden("run-backup-1.json"), Run.class))
        .isEqualTo(Samples.busyBackup("run-1"));
  }

  @Test
  void readsARestoreThatTheFirstReleaseKept() {
    assertThat(documents.read(RestorePointDocumentTest.golden("run-restore-1.json"), Run.class))
        .isEqualTo(Samples.failedRestore("run-1"));
  }

  @Test
  void keepsTheChoicesOfARestoreAndTheRulesOfAPolicy() {
    RestoreRequest request =
        Wish.asNew(new RestorePointId("point-1"), "copy")
            .choices(
                new RestoreRequest.Choices(
                    Map.of("old", "new", "gone", ""), true, Optional.of("u-1")))
            .disks("disk-1", "data")
            .request();
    assertThat(documents.read(documents.write(request), RestoreRequest.class)).isEqualTo(request);
    Policy named = Samples.policy("1", "Nightly");
    Policy selecting =
        new Policy(
            named.id(),
            named.name(),
            named.site(),
            List.of(),
            List.of(),
            Freezing.NONE,
            true,
            Optional.of(
                new Selector(
                    List.of(Selector.Rule.parse("tag=prod")),
                    List.of(Selector.Rule.parse("name=*test*")))),
            Optional.empty(),
            GroupSettings.STANDARD,
            Optional.empty());
    assertThat(documents.read(documents.write(selecting), Policy.class)).isEqualTo(selecting);
    assertThat(documents.write(named)).doesNotContain("selector");
  }

  @Test
  void aRestoreThatWasKeptBeforeSingleDisksCouldBeNamedIsOfAllDisks() {
    String kept =
        """
        {"kind": "restore", "point": "point-1", "mode": "IN_PLACE", "vmName": "vm",
         "cluster": null, "storage": null, "keepMacs": false, "connectNics": false,
         "keepOldDisks": true, "choices": {"networks": {"old": ""}, "permissions": true}}
        """;
    RestoreRequest request = (RestoreRequest) documents.read(kept, RunRequest.class);
    assertThat(request)
        .isEqualTo(
            Wish.inPlace(new RestorePointId("point-1"), "vm")
                .keepOldDisks()
                .choices(new RestoreRequest.Choices(Map.of("old", ""), true, Optional.empty()))
                .request());
    assertThat(request.disks()).isEmpty();
    assertThat(documents.write(request)).as("as it was kept then").doesNotContain("disks");
  }

  @Test
  void readsAPolicyThatTheFirstReleaseKept() {
    String policy =
        """
        {"id": "1", "name": "Nightly", "site": "site-1", "vms": ["vm-1", "vm-2"],
         "excludedDisks": ["disk-9"], "enabled": true, "colour": "unknown to this release"}
        """;
    Policy kept = Samples.policy("1", "Nightly");
    assertThat(kept.freezing()).isEqualTo(Freezing.NONE);
    assertThat(documents.read(policy, Policy.class)).isEqualTo(kept);
  }

  @Test
  void keepsTheOrderThatAPolicyWantsAndWhatTheOrderOfARunCost() {
    Policy policy =
        Samples.policy("1", "Nightly")
            .withGroup(
                new GroupSettings(
                    Optional.of(LoadOrder.LOAD_PER_TIME),
                    Optional.of(OrderBy.HOST),
                    Optional.of(Collective.MEAN),
                    Optional.of(50),
                    Optional.empty()));
    assertThat(documents.read(documents.write(policy), Policy.class)).isEqualTo(policy);
    Duration some = Duration.ofMillis(1500);
    Run run =
        Samples.queued("run-1")
            .withGroup(
                new GroupReport(
                    LoadOrder.FIFO,
                    OrderBy.VM,
                    Collective.SUM,
                    2,
                    0,
                    List.of(new GroupReport.Batch(1, some)),
                    List.of(new GroupReport.Member(0, 0, some, some, some, 12.5, "why")),
                    new Cost(1.5, 18.75),
                    new Cost(2, 25)));
    assertThat(documents.read(documents.write(run), Run.class)).isEqualTo(run);
    assertThat(documents.write(Samples.busyBackup("run-1"))).doesNotContain("fifoCost");
  }

  @Test
  void refusesAnUnknownWordForHowGuestsAreFrozen() {
    String policy =
        documents.write(Samples.policy("1", "Nightly")).replace("\"NONE\"", "\"SOMETIMES\"");
    assertThatThrownBy(() -> documents.read(policy, Policy.class))
        .hasMessageContaining("SOMETIMES");
  }
}
