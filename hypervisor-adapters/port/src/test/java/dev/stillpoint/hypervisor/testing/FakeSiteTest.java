package dev.stillpoint.hypervisor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.Caller;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract that it stands for, and its faults strike where they should. */
final class FakeSiteTest extends SiteContract {

  @Override
  protected SiteUnderTest startSite() {
    return new FakeUnderTest();
  }

  @Test
  void leavesNothingWhereverTheProcessDies() {
    int crashes = 0;
    for (FakeFaults.Moment moment : FakeFaults.Moment.values()) {
      boolean died = true;
      for (int n = 1; died; n++) {
        try (FakeUnderTest site = new FakeUnderTest();
            ContractSteps steps = new ContractSteps(site)) {
          steps.session();
          site.fake.faults().dieAtCall(n, moment);
          died = backUpDies(steps);
          crashes += died ? 1 : 0;
          site.fake.faults().clear();
          steps.sweep();
          steps.assertNothingLeft();
          assertThat(site.fake.checkpoints(site.runningVm())).isEmpty();
        }
      }
    }
    assertThat(crashes).isGreaterThan(15);
  }

  private static boolean backUpDies(ContractSteps steps) {
    VmId vm = steps.site.runningVm();
    try (VmSnapshot snapshot = steps.take(vm, Optional.empty())) {
      DiskId disk = steps.trackedDisk(vm).id();
      steps.read(snapshot, disk, new byte[4 << 20]);
      return false;
    } catch (SimulatedCrash e) {
      return true;
    }
  }

  @Test
  void failsTheNextCallAsToldAndThenNoMore() {
    FakeSite site = new FakeSite();
    site.faults()
        .failNext(
            FakeCall.INFO,
            new StillpointException(ErrorKind.HYPERVISOR_UNAVAILABLE, "no answer", ""));
    try (var session = site.open()) {
      assertThatThrownBy(session::info).hasMessage("no answer");
      assertThat(session.info().product()).isEqualTo("Fake Manager");
    }
  }

  @Test
  void tellsOnlyOnOpeningThatChangesWereLost() {
    try (FakeUnderTest site = new FakeUnderTest();
        ContractSteps steps = new ContractSteps(site)) {
      VmId vm = site.runningVm();
      VmSnapshot first = steps.take(vm, Optional.empty());
      first.remove();
      DiskId disk = site.fake.disks(vm).get(0);
      site.fake.loseChangesOnOpen(disk);

      try (VmSnapshot second = steps.take(vm, first.checkpoint());
          var reader = second.open(disk)) {
        assertThat(second.disks().get(0).readMode().incremental()).isTrue();
        assertThat(reader.readMode().incremental()).isFalse();
      }
    }
  }

  /** A fake site with a running VM, a stopped one and one with a raw disk. */
  private static final class FakeUnderTest implements SiteUnderTest {

    private final FakeSite fake = new FakeSite();
    private final VmId running = fake.addVm("web01", ByteCount.ofMebibytes(4));
    private final VmId stopped = fake.addVm("files01", ByteCount.ofMebibytes(4));
    private final VmId raw = fake.addVm("legacy01");

    FakeUnderTest() {
      fake.power(stopped, PowerState.DOWN);
      fake.addDisk(raw, ByteCount.ofMebibytes(4), false);
      String token = plainUser() + "/" + password().use(String::new);
      Map<VmId, Set<String>> shown = Map.of(running, Set.of());
      fake.surroundings()
          .introduce(token, new Caller("clerk", plainUser(), false, Set.of(), shown));
    }

    @Override
    public String plainUser() {
      return "clerk@fake";
    }

    @Override
    public SiteConnector connector() {
      return fake;
    }

    @Override
    public SiteAddress address() {
      return fake.address();
    }

    @Override
    public Password password() {
      return fake.password();
    }

    @Override
    public SiteTimeouts timeouts() {
      return fake.timeouts();
    }

    @Override
    public VmId runningVm() {
      return running;
    }

    @Override
    public VmId stoppedVm() {
      return stopped;
    }

    @Override
    public Optional<VmId> vmWithRawDisk() {
      return Optional.of(raw);
    }

    @Override
    public void write(DiskId disk, long offset, byte[] data) {
      fake.write(disk, offset, data);
    }

    @Override
    public String sha256(DiskId disk) {
      return fake.sha256(disk);
    }

    @Override
    public String sha256AtSnapshot(String reference, DiskId disk) {
      return fake.sha256At(reference, disk);
    }

    @Override
    public boolean exists(DiskId disk) {
      return fake.exists(disk);
    }

    @Override
    public List<String> leftovers() {
      return fake.leftovers();
    }

    @Override
    public void close() {}
  }
}
