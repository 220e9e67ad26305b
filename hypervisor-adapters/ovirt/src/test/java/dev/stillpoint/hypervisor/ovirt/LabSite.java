package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.LabEngine;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.rest.Account;
import dev.stillpoint.hypervisor.testing.SiteUnderTest;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The embedded lab engine as a site. */
final class LabSite implements SiteUnderTest {

  /** Of no test's concern: long enough for a machine that is busy with other things. */
  static final SiteTimeouts TIMEOUTS =
      new SiteTimeouts(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMillis(10));

  private static final String PLAIN_USER = "clerk@internal";

  final LabEngine engine;
  private final String caPem;

  LabSite(Path directory) {
    this(withPlainUser(LabConfig.inDirectory(directory)));
  }

  /** With the one the contract asks for. */
  static LabConfig withPlainUser(LabConfig config) {
    return config.withAccounts(
        List.of(
            Account.administrator("admin@internal", "password"),
            Account.plain(PLAIN_USER, "password", Set.of("web01"))));
  }

  LabSite(LabConfig config) {
    this(config, "");
  }

  LabSite(LabConfig config, String caPem) {
    this.caPem = caPem;
    try {
      engine = LabEngine.start(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public SiteConnector connector() {
    return new OvirtConnector();
  }

  @Override
  public SiteAddress address() {
    return new SiteAddress(URI.create(engine.apiUrl()), "admin@internal", caPem);
  }

  @Override
  public Password password() {
    return new Password("password".toCharArray());
  }

  @Override
  public SiteTimeouts timeouts() {
    return TIMEOUTS;
  }

  @Override
  public String plainUser() {
    return PLAIN_USER;
  }

  @Override
  public VmId runningVm() {
    return vm("web01");
  }

  @Override
  public VmId stoppedVm() {
    return vm("files01");
  }

  @Override
  public Optional<VmId> vmWithRawDisk() {
    return Optional.of(vm("legacy01"));
  }

  VmId vm(String name) {
    return new VmId(engine.vmId(name));
  }

  /** The lab's guest chooses the places itself. */
  @Override
  public void write(DiskId disk, long offset, byte[] data) {
    String owner =
        List.of("web01", "db01", "legacy01").stream()
            .map(engine::vmId)
            .filter(vm -> engine.diskIds(vm).contains(disk.value()))
            .findFirst()
            .orElseThrow();
    engine.guests().burst(owner, data.length);
  }

  @Override
  public String sha256(DiskId disk) {
    return engine.sha256Now(disk.value());
  }

  @Override
  public String sha256AtSnapshot(String reference, DiskId disk) {
    return engine.sha256AtBackup(reference, disk.value());
  }

  @Override
  public boolean exists(DiskId disk) {
    try {
      return !engine.sha256Now(disk.value()).isEmpty();
    } catch (EngineFault e) {
      return false;
    }
  }

  @Override
  public List<String> leftovers() {
    List<String> left = new ArrayList<>(engine.leftovers());
    left.addAll(engine.runningJobs());
    return left;
  }

  @Override
  public void close() {
    engine.close();
  }
}
