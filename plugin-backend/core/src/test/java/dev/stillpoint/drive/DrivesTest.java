package dev.stillpoint.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.MediaDrive.Moment;
import dev.stillpoint.hypervisor.Medium;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.hypervisor.testing.FakeFaults;
import dev.stillpoint.hypervisor.testing.SimulatedCrash;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Workbench;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ISO images in CD drives, and what becomes of them. */
class DrivesTest {

  private static final byte[] CONTENT = "the tools".repeat(700_000).getBytes(UTF_8);

  @TempDir Path directory;
  private Workbench bench;
  private Drives drives;
  private VmId vm;

  @BeforeEach
  void start() {
    bench = new Workbench(directory.resolve("r"));
    drives = drives(bench);
    vm = bench.site.addVm("vm", Workbench.mebibytes(1));
  }

  private static Drives drives(Workbench bench) {
    return new Drives(bench.sites, bench.journal, bench.sweeper, bench.clock, UUID::randomUUID);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void anImageIsSeenNowAndAfterTheNextStartByteForByte() {
    Drive drive = drives.insert(Workbench.SITE, vm, iso("tools.iso"), DriveWish.AS_FITS);

    DiskId disk = drive.ours().iterator().next();
    assertThat(drive.brought()).isTrue();
    assertThat(drive.content().now()).map(Medium::reference).contains(disk.value());
    assertThat(drive.content().nextStart()).isEqualTo(drive.content().now());
    assertThat(Arrays.copyOf(bench.site.content(disk), CONTENT.length)).isEqualTo(CONTENT);
  }

  @Test
  void aVmThatIsOffGetsItFromTheNextStartOn() {
    bench.site.power(vm, PowerState.DOWN);

    Drive drive = drives.insert(Workbench.SITE, vm, iso("tools.iso"), DriveWish.AS_FITS);

    assertThat(drive.content().now()).isEmpty();
    assertThat(drive.content().nextStart()).isPresent();
    fails(
        ErrorKind.CONFLICT,
        () -> drives.insert(Workbench.SITE, vm, unread("b.iso"), DriveWish.NOW));
  }

  @Test
  void theSameContentIsBroughtOnceForTwoVms() {
    VmId other = bench.site.addVm("other", Workbench.mebibytes(1));
    Drive first = drives.insert(Workbench.SITE, vm, iso("tools.iso"), DriveWish.AS_FITS);

    Drive second = drives.insert(Workbench.SITE, other, unread("again.iso"), DriveWish.AS_FITS);

    assertThat(second.brought()).isFalse();
    assertThat(second.ours()).isEqualTo(first.ours());
    DiskId disk = first.ours().iterator().next();
    assertThat(drives.eject(Workbench.SITE, vm, DriveWish.AS_FITS, false).ours()).isEmpty();
    assertThat(bench.site.exists(disk)).as("the other VM still has it").isTrue();
    drives.eject(Workbench.SITE, other, DriveWish.AS_FITS, false);
    assertThat(bench.site.exists(disk)).isFalse();
    assertThat(bench.journal.all()).isEmpty();
  }

  @Test
  void whatWasInTheDriveIsRememberedAndPutBack() {
    insertByHand("old-one.iso");
    Drive inserted = drives.insert(Workbench.SITE, vm, iso("tools.iso"), DriveWish.AS_FITS);
    assertThat(inserted.before().orElseThrow().now()).map(Medium::name).contains("old-one.iso");

    Drive again = drives.insert(Workbench.SITE, vm, iso("tools.iso"), DriveWish.AS_FITS);
    assertThat(again.before()).as("ours is not what was there before").isEqualTo(inserted.before());

    Drive ejected = drives.eject(Workbench.SITE, vm, DriveWish.AS_FITS, true);
    assertThat(ejected.content().now()).map(Medium::reference).contains("old-one.iso");
    assertThat(ejected.content().nextStart()).isEmpty();
    assertThat(bench.site.leftovers()).isEmpty();
  }

  @Test
  void whatOthersPutThereIsNotEjected() {
    insertByHand("old-one.iso");

    StillpointException refused =
        fails(ErrorKind.CONFLICT, () -> drives.eject(Workbench.SITE, vm, DriveWish.AS_FITS, false));

    assertThat(refused).hasMessageContaining("old-one.iso");
    assertThat(drives.show(Workbench.SITE, vm).content().now()).isPresent();
  }

  @Test
  void anEmptyDriveIsEjectedWithoutComplaint() {
    assertThat(drives.eject(Workbench.SITE, vm, DriveWish.AS_FITS, true).content().now()).isEmpty();
  }

  @Test
  void aLockedTrayKeepsTheImageAndTheEjectionCanBeRepeated() {
    Drive drive = drives.insert(Workbench.SITE, vm, iso("tools.iso"), DriveWish.AS_FITS);
    bench.site.console().lockTray(vm, true);
    fails(ErrorKind.CONFLICT, () -> drives.eject(Workbench.SITE, vm, DriveWish.AS_FITS, false));
    assertThat(bench.site.exists(drive.ours().iterator().next())).isTrue();

    bench.site.console().lockTray(vm, false);
    drives.eject(Workbench.SITE, vm, DriveWish.AS_FITS, false);

    assertThat(bench.site.leftovers()).isEmpty();
    assertThat(bench.journal.all()).isEmpty();
  }

  @Test
  void anInsertionThatALockedTrayRefusedIsRepeatedWithoutBringingTheImageAgain() {
    bench.site.console().lockTray(vm, true);
    fails(
        ErrorKind.CONFLICT,
        () -> drives.insert(Workbench.SITE, vm, iso("tools.iso"), DriveWish.AS_FITS));
    bench.site.console().lockTray(vm, false);

    Drive drive = drives.insert(Workbench.SITE, vm, unread("tools.iso"), DriveWish.AS_FITS);

    assertThat(drive.brought()).isFalse();
    assertThat(drive.content().now()).isPresent();
  }

  @Test
  void anImageThatNobodyHasIsDeletedAfterAWhile() {
    Drive drive = drives.insert(Workbench.SITE, vm, iso("tools.iso"), DriveWish.AS_FITS);
    DiskId disk = drive.ours().iterator().next();
    bench.clock.advance(Duration.ofHours(1));
    drives.tidy();
    assertThat(bench.site.exists(disk)).as("in use").isTrue();

    bench.site.removeVm(vm);
    drives.tidy();

    assertThat(bench.site.exists(disk)).isFalse();
    assertThat(bench.journal.all()).isEmpty();
  }

  @Test
  void contentThatIsNotAsAnnouncedLeavesNothing() {
    for (Iso wrong :
        new Iso[] {
          iso("short.iso", CONTENT.length + 1, Optional.empty()),
          iso("long.iso", CONTENT.length - 1, Optional.empty()),
          iso("other.iso", CONTENT.length, Optional.of("0".repeat(64)))
        }) {
      StillpointException refused =
          fails(
              ErrorKind.BAD_REQUEST,
              () -> drives.insert(Workbench.SITE, vm, wrong, DriveWish.AS_FITS));
      assertThat(refused).hasMessageContaining(wrong.name());
      assertThat(bench.site.leftovers()).isEmpty();
      assertThat(bench.journal.all()).isEmpty();
    }
  }

  @Test
  void aCallerWhoGoesAwayLeavesNothing() {
    Iso broken =
        new Iso(
            "tools.iso",
            ByteCount.ofBytes(CONTENT.length),
            Optional.empty(),
            () ->
                new InputStream() {
                  private int left = 5 << 20;

                  @Override
                  public int read() throws IOException {
                    throw new IOException("the line is cut");
                  }

                  @Override
                  public int read(byte[] into, int offset, int length) throws IOException {
                    if (left <= 0) {
                      throw new IOException("the line is cut");
                    }
                    left -= length;
                    return length;
                  }
                });
    fails(ErrorKind.CANCELLED, () -> drives.insert(Workbench.SITE, vm, broken, DriveWish.AS_FITS));
    assertThat(bench.site.leftovers()).isEmpty();
  }

  @Test
  void storageThatReadsBackDifferentlyIsNoticed() {
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.READ_BACK,
            () -> bench.site.write(openUpload(), 100, "ruined".getBytes(UTF_8)));
    StillpointException corrupt =
        fails(
            ErrorKind.CORRUPT_DATA,
            () -> drives.insert(Workbench.SITE, vm, iso("tools.iso"), DriveWish.AS_FITS));
    assertThat(corrupt).hasMessageContaining("tools.iso");
    assertThat(bench.site.leftovers()).isEmpty();
  }

  /** The disk that the journal says is being filled. */
  private DiskId openUpload() {
    return bench.journal.all().stream()
        .filter(entry -> entry.effect().kind() == OutsideEffect.Kind.DISK)
        .map(entry -> new DiskId(entry.effect().reference()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aStorageWithoutRoomIsToldAndLeavesNothing() {
    bench.site.available(ByteCount.ofBytes(10));
    fails(
        ErrorKind.OUT_OF_SPACE,
        () -> drives.insert(Workbench.SITE, vm, iso("tools.iso"), DriveWish.AS_FITS));
    assertThat(bench.site.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(FakeFaults.Moment.class)
  void aServerThatDiesAnywhereLeavesTheImageInTheLedgerOrNothing(FakeFaults.Moment moment) {
    for (int call = 1; call <= 1000; call++) {
      Workbench dying = new Workbench(directory.resolve(moment + "-" + call));
      VmId it = dying.site.addVm("vm", Workbench.mebibytes(1));
      int before = dying.site.faults().crashCount();
      dying.site.faults().dieAtCall(call, moment);
      boolean died;
      try {
        drives(dying).insert(Workbench.SITE, it, iso("tools.iso"), DriveWish.AS_FITS);
        died = false;
      } catch (StillpointException | SimulatedCrash e) {
        died = dying.site.faults().crashCount() > before;
        assertThat(died).as("%s", e).isTrue();
      }
      dying.site.faults().clear();
      try (Workbench restarted = dying.restart()) {
        Drives after = drives(restarted);
        restarted.sweeper.sweepIdle(restarted.journal.all());
        after.insert(Workbench.SITE, it, iso("tools.iso"), DriveWish.AS_FITS);
        after.eject(Workbench.SITE, it, DriveWish.AS_FITS, false);
        restarted.clock.advance(Duration.ofHours(1));
        after.tidy();
        assertThat(restarted.site.leftovers()).as("call %d", call).isEmpty();
        assertThat(restarted.journal.all()).as("call %d", call).isEmpty();
      }
      if (!died) {
        assertThat(call).as("calls tried").isGreaterThan(8);
        return;
      }
    }
  }

  private void insertByHand(String medium) {
    try (SiteSession session = bench.site.open()) {
      session.mediaDrive().insert(vm, medium, Moment.NOW);
    }
  }

  private static Iso iso(String name) {
    return iso(name, CONTENT.length, Optional.of(sha256()));
  }

  private static Iso iso(String name, long size, Optional<String> sha256) {
    return new Iso(name, ByteCount.ofBytes(size), sha256, () -> new ByteArrayInputStream(CONTENT));
  }

  /** The same content, which nobody may need to read. */
  private static Iso unread(String name) {
    return new Iso(
        name,
        ByteCount.ofBytes(CONTENT.length),
        Optional.of(sha256()),
        () -> {
          throw new AssertionError("The content was read");
        });
  }

  private static String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static StillpointException fails(ErrorKind kind, ThrowingCallable call) {
    StillpointException[] caught = new StillpointException[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StillpointException.class,
            e -> {
              assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
              caught[0] = e;
            });
    return caught[0];
  }
}
