package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.ActivityLog.Event;
import dev.stillpoint.hypervisor.ActivityLog.Severity;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.Stray;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events, jobs and strays when the engine does not play along. */
final class ActivityTest extends LabTest {

  @Test
  void anEventThatMayNotBeAddedNamesTheUser() {
    faults().turnOn(Switch.ACTIVITY_REFUSED);

    StillpointException refused =
        fails(
            ErrorKind.PERMISSION,
            () ->
                session
                    .activityLog()
                    .add(1, new Event(Severity.NORMAL, "x", Optional.of(site.runningVm()))));

    assertThat(refused.remedy()).contains("admin@internal");
  }

  @Test
  void anEventAboutAVmThatIsGoneIsAddedAllTheSame() {
    VmId gone = new VmId("11111111-1111-1111-1111-111111111111");

    session.activityLog().add(1, new Event(Severity.ERROR, "x", Optional.of(gone)));

    assertThat(session.activityLog().highestEventNumber()).isEqualTo(1);
  }

  @Test
  void aJobThatMayNotBeAddedIsNotInTheJournal() {
    faults().turnOn(Switch.ACTIVITY_REFUSED);

    fails(ErrorKind.PERMISSION, () -> session.activityLog().startTask("mark", "x", journal));

    assertThat(journal.intended()).hasSize(1);
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void aJobWhoseAnswerWasLostIsFoundByItsMark() throws IOException {
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession lossy = connect(at(proxy.apiUrl()))) {
      proxy.loseNextAnswerTo("POST", "/jobs");
      fails(
          ErrorKind.HYPERVISOR_UNAVAILABLE,
          () -> lossy.activityLog().startTask("mark", "x", journal));
    }
    assertThat(site.leftovers()).hasSize(1);

    sweep();

    assertNothingLeft();
  }

  @Test
  void aSnapshotOfARunningBackupIsNoStray() {
    VmSnapshot snapshot = take(site.runningVm(), Optional.empty());

    assertThat(kinds(session.strays().find())).doesNotContain(Stray.Kind.SNAPSHOT);

    snapshot.remove();
    assertThat(session.strays().find())
        .singleElement()
        .satisfies(
            stray -> {
              assertThat(stray.kind()).isEqualTo(Stray.Kind.CHECKPOINT);
              assertThat(stray.vmName()).isEqualTo("web01");
              assertThat(stray.since()).isPresent();
            });
  }

  @Test
  void aDiskThatStaysLockedIsAStrayWithItsSize() {
    losePatience();
    faults().turnOn(Switch.DISK_STAYS_LOCKED);
    fails(
        ErrorKind.HYPERVISOR_REFUSED,
        () -> session.restoreTarget().createDisk(disk(site.stoppedVm()), journal));

    assertThat(session.strays().find())
        .singleElement()
        .satisfies(
            stray -> {
              assertThat(stray.kind()).isEqualTo(Stray.Kind.LOCKED_DISK);
              assertThat(stray.state()).isEqualTo("locked");
              assertThat(stray.size()).isPresent();
            });
  }

  private static List<Stray.Kind> kinds(List<Stray> strays) {
    return strays.stream().map(Stray::kind).toList();
  }
}
