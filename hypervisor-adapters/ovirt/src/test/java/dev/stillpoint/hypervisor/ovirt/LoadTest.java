package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.DiskLoad;
import dev.stillpoint.hypervisor.LoadMeter;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.model.Waiter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates and operations of disks, with a clock of our own. */
final class LoadTest {

  private static final int MIB = 1 << 20;

  @TempDir private Path directory;

  private final AtomicLong nanos = new AtomicLong();
  private LabSite site;
  private SiteSession session;
  private VmId web;
  private DiskId disk;

  @BeforeEach
  void start() {
    site = new LabSite(directory);
    try (Password password = site.password()) {
      session =
          new OvirtConnector(Waiter.sleeping(), nanos::get)
              .connect(site.address(), password, LabTest.PATIENT);
    }
    web = site.runningVm();
    disk = new DiskId(site.engine.diskIds(web.value()).get(0));
  }

  @AfterEach
  void stop() {
    session.close();
    site.close();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private DiskLoad load() {
    return meter().read().stream().filter(l -> l.disk().equals(disk)).findFirst().orElseThrow();
  }

  private LoadMeter meter() {
    return session.loadMeter();
  }

  private void reads(int times) {
    for (int i = 0; i < times; i++) {
      site.engine.guests().read(disk.value(), 4096);
    }
  }

  @Test
  void tellsBytesAtOnceAndOperationsFromTheSecondReadingOn() {
    site.engine.guests().burst(web.value(), MIB);
    reads(50);
    DiskLoad first = load();
    assertThat(first.vm()).isEqualTo(web);
    assertThat(first.writtenBytesPerSecond()).isEqualTo(MIB / 10);
    assertThat(first.readBytesPerSecond()).isEqualTo(50 * 4096 / 10);
    assertThat(first.operations()).isEmpty();

    pass(Duration.ofSeconds(20));
    reads(100);
    assertThat(load().operations()).contains(new DiskLoad.Operations(5, 0));
  }

  @Test
  void asksTheEngineNoOftenerThanItsHostsTell() {
    DiskLoad first = load();
    site.engine.guests().burst(web.value(), MIB);
    pass(Duration.ofSeconds(14));
    assertThat(load()).isEqualTo(first);
    pass(Duration.ofSeconds(1));
    assertThat(load().writtenBytesPerSecond()).isPositive();
  }

  @Test
  void tellsNoOperationsAcrossAMigrationOrARestart() {
    reads(10);
    load();
    pass(Duration.ofSeconds(20));
    reads(10);
    assertThat(load().operations()).isPresent();

    site.engine.migrate(web.value());
    reads(1);
    pass(Duration.ofSeconds(20));
    assertThat(load().operations()).as("the counters went back").isEmpty();

    site.engine.power(web.value(), false);
    site.engine.power(web.value(), true);
    reads(500);
    pass(Duration.ofSeconds(20));
    assertThat(load().operations()).as("a new process that counted further").isEmpty();

    pass(Duration.ofSeconds(20));
    reads(20);
    assertThat(load().operations()).contains(new DiskLoad.Operations(1, 0));
  }

  @Test
  void tellsNothingOfVmsThatAreDown() {
    List<VmId> told = meter().read().stream().map(DiskLoad::vm).distinct().toList();
    assertThat(told).contains(web).doesNotContain(site.stoppedVm());
  }
}
