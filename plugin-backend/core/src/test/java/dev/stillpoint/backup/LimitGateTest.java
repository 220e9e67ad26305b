package dev.stillpoint.backup;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.site.SiteLimits;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitGateTest {

  @TempDir Path directory;
  private Workbench bench;

  @BeforeEach
  void start() {
    bench = new Workbench(directory.resolve("repository"));
    bench.queue.start();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void aVmIsRefusedAboveTheLimitOfDisksAndMemoryAndNotAtIt() {
    VmId vm = bench.site.addVm("a", mebibytes(1), mebibytes(2));
    VmSettings settings;
    try (SiteSession session = bench.site.open()) {
      settings = session.inventory().settings(vm).orElseThrow();
    }
    ByteCount total = mebibytes(3).plus(settings.hardware().memory());
    new LimitGate(new SiteLimits(Optional.of(total), Optional.empty()))
        .admit(settings, settings.disks());
    ByteCount less = new ByteCount(total.bytes() - 1);
    LimitGate gate = new LimitGate(new SiteLimits(Optional.of(less), Optional.empty()));
    assertThatThrownBy(() -> gate.admit(settings, settings.disks()))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("disks 3.0 MiB, memory " + settings.hardware().memory())
        .hasMessageContaining("limit is " + less);
  }

  @Test
  void theVmsOfARunAreLetThroughUntilTheirDisksAreTooMuch() {
    VmId small = bench.site.addVm("small", mebibytes(1));
    VmId large = bench.site.addVm("large", mebibytes(8));
    bench.sites.limit(Workbench.SITE, new SiteLimits(Optional.empty(), Optional.of(mebibytes(4))));
    Run run = bench.backup(small, large);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.vms())
        .extracting(VmTask::state)
        .containsExactly(TaskState.SUCCEEDED, TaskState.FAILED);
    assertThat(run.vms().get(1).problem().orElseThrow().detail())
        .contains("8.0 MiB to back up")
        .contains("limit for a run is 4.0 MiB");
    assertThat(bench.site.leftovers()).isEmpty();
    bench.sites.limit(Workbench.SITE, SiteLimits.NONE);
    assertThat(bench.backup(small, large).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void aLimitOfNothingIsRefused() {
    assertThatThrownBy(() -> new SiteLimits(Optional.of(ByteCount.ZERO), Optional.empty()))
        .hasMessageContaining("refuse every VM");
  }
}
