package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guests that are brought to rest while their backup starts. */
final class FreezeTest extends LabTest {

  private final AtomicInteger waits = new AtomicInteger();
  private LossyProxy proxy;
  private SiteSession through;

  @BeforeEach
  void standBefore() throws IOException {
    proxy = new LossyProxy(site.engine.engineUrl());
    through = connect(at(proxy.apiUrl()));
  }

  @AfterEach
  void goAway() {
    through.close();
    proxy.close();
  }

  private VmSnapshot take(VmId vm, Freezing freezing) {
    return take(through, vm, freezing, Optional.empty());
  }

  private VmSnapshot take(
      SiteSession by, VmId vm, Freezing freezing, Optional<CheckpointId> since) {
    SnapshotRequest like = request(vm, since);
    return by.snapshots()
        .take(
            new SnapshotRequest(
                like.request(), vm, like.disks(), since, freezing, like.description()),
            journal);
  }

  /** The calls that matter here, by their last word. */
  private List<String> course() {
    return proxy.calls().stream()
        .filter(call -> call.startsWith("POST "))
        .map(call -> call.replaceAll("^.*/", ""))
        .filter(last -> !last.equals("imagetransfers") && !last.equals("token"))
        .toList();
  }

  private void assertThawed() {
    assertThat(journal.open(OutsideEffect.Kind.FREEZE)).isEmpty();
    assertThat(journal.intended())
        .as("announced before it was asked for")
        .anyMatch(effect -> effect.kind() == OutsideEffect.Kind.FREEZE);
  }

  @Test
  void freezesBeforeTheBackupStartsAndThawsWhenItIsReady() {
    try (VmSnapshot snapshot = take(site.runningVm(), Freezing.REQUIRE)) {
      assertThat(snapshot.consistency()).contains(Consistency.FILESYSTEM);
      assertThat(snapshot.notes()).isEmpty();
      assertThat(course()).containsExactly("freezefilesystems", "backups", "thawfilesystems");
    }
    assertThawed();
    assertNothingLeft();
  }

  @Test
  void leavesGuestsAloneWhereNobodyAsks() {
    try (VmSnapshot snapshot = take(site.runningVm(), Freezing.NONE)) {
      assertThat(snapshot.consistency()).as("the engine does not tell").isEmpty();
    }
    try (VmSnapshot snapshot = take(site.stoppedVm(), Freezing.REQUIRE)) {
      assertThat(snapshot.consistency()).contains(Consistency.FILESYSTEM);
    }
    assertThat(course()).doesNotContain("freezefilesystems", "thawfilesystems");
    assertNothingLeft();
  }

  @Test
  void backsAGuestWithoutAnAgentUpAndSaysWhatItIs() {
    proxy.refuse("POST", "/freezefilesystems", "Cannot freeze VM. Guest agent is not responding.");

    try (VmSnapshot snapshot = take(site.runningVm(), Freezing.TRY)) {
      assertThat(snapshot.consistency()).contains(Consistency.CRASH);
      assertThat(snapshot.notes())
          .singleElement()
          .asString()
          .contains("VM web01")
          .contains("Guest agent is not responding");
    }
    assertThat(course()).doesNotContain("thawfilesystems");
    assertThawed();
    assertNothingLeft();
  }

  @Test
  void startsNoBackupOfAGuestThatMustBeFrozenAndCannot() {
    proxy.refuse("POST", "/freezefilesystems", "Cannot freeze VM. Guest agent is not responding.");

    StillpointException e =
        fails(ErrorKind.HYPERVISOR_REFUSED, () -> take(site.runningVm(), Freezing.REQUIRE).close());

    assertThat(e).hasMessageContaining("Guest agent is not responding");
    assertThat(e.remedy()).contains("guest agent");
    assertThat(course()).containsExactly("freezefilesystems");
    assertThat(journal.open()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void thawsWhenTheBackupFails() {
    faults().turnOn(Switch.BACKUP_FAILS);

    fails(ErrorKind.HYPERVISOR_REFUSED, () -> take(site.runningVm(), Freezing.TRY).close());

    assertThat(course()).containsExactly("freezefilesystems", "backups", "thawfilesystems");
    assertThat(journal.open()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void thawsWhenTheAnswerToTheFreezeWasLost() {
    proxy.loseNextAnswerTo("POST", "/freezefilesystems");

    try (VmSnapshot snapshot = take(site.runningVm(), Freezing.TRY)) {
      assertThat(snapshot.consistency()).contains(Consistency.CRASH);
    }
    assertThat(course()).startsWith("freezefilesystems", "thawfilesystems", "backups");
    assertThawed();
  }

  @Test
  void aGuestThatCouldNotBeThawedStaysInTheJournalAndIsThawedLater() {
    proxy.refuse("POST", "/thawfilesystems", "Cannot thaw VM. Not now.");

    take(site.runningVm(), Freezing.TRY).close();

    OutsideEffect frozen = journal.open(OutsideEffect.Kind.FREEZE).get(0);
    fails(ErrorKind.CONFLICT, () -> through.release(frozen));
    assertThat(session.release(frozen)).isEmpty();
    site.engine.power(site.runningVm().value(), false);
    assertThat(through.release(frozen)).as("nothing runs that could be frozen").isEmpty();
  }

  @Test
  void freezesAnewForTheFullBackupAfterTheChangesWereLost() {
    VmId vm = site.runningVm();
    CheckpointId first = fullBackup(vm);
    faults().turnOnFor(Switch.BITMAP_MISSING, 1);

    try (VmSnapshot snapshot = take(through, vm, Freezing.REQUIRE, Optional.of(first))) {
      assertThat(snapshot.consistency()).contains(Consistency.FILESYSTEM);
      assertThat(snapshot.disks()).noneMatch(disk -> disk.readMode().incremental());
    }
    assertThat(course().stream().filter(call -> !call.equals("finalize")))
        .containsExactly(
            "freezefilesystems",
            "backups",
            "thawfilesystems",
            "freezefilesystems",
            "backups",
            "thawfilesystems");
    assertNothingLeft();
  }

  @Test
  void leavesTheFreezingToTheHostBelowLevel47WhereItMustWork() {
    proxy.rewrite(answer -> answer.replace("<minor>8</minor>", "<minor>6</minor>"));

    try (VmSnapshot snapshot = take(site.runningVm(), Freezing.REQUIRE)) {
      assertThat(snapshot.consistency()).contains(Consistency.FILESYSTEM);
    }
    assertThat(course()).doesNotContain("freezefilesystems");
    assertThat(proxy.calls()).anyMatch(call -> call.endsWith("backups?require_consistency=true"));
  }

  /** The backup does not get ready before it was looked at a few times. */
  private void holdTheStart() {
    waits.set(0);
    site.engine.hold();
  }

  private void minutePasses(AtomicLong nanos) {
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    if (waits.incrementAndGet() == 3) {
      site.engine.goOn();
    }
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void thawsAtItsLimitThoughTheBackupIsNotReady() {
    AtomicLong nanos = new AtomicLong();
    SiteTimeouts patient =
        new SiteTimeouts(
            PATIENT.connect(), PATIENT.answer(), Duration.ofDays(30), Duration.ofMillis(10));
    try (Password password = site.password();
        SiteSession slow =
            new OvirtConnector(pause -> minutePasses(nanos), nanos::get)
                .connect(at(proxy.apiUrl()), password, patient)) {
      holdTheStart();
      try (VmSnapshot snapshot = take(slow, site.runningVm(), Freezing.TRY, Optional.empty())) {
        assertThat(snapshot.consistency()).isEmpty();
        assertThat(snapshot.notes()).singleElement().asString().contains("thawed after 30 s");
      }
      holdTheStart();
      StillpointException e =
          fails(
              ErrorKind.HYPERVISOR_REFUSED,
              () -> take(slow, site.runningVm(), Freezing.REQUIRE, Optional.empty()).close());
      assertThat(e).hasMessageContaining("thawed after 30 s");
    }
    assertThawed();
    assertThat(site.engine.checkpoints(site.runningVm().value()))
        .as("the refused backup's own is gone")
        .hasSize(1);
    assertNothingLeft();
  }
}
