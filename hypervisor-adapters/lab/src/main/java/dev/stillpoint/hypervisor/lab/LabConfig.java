package dev.stillpoint.hypervisor.lab;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.lab.fleet.LabFleet;
import dev.stillpoint.hypervisor.lab.model.LabTimes;
import dev.stillpoint.hypervisor.lab.portal.PortalConfig;
import dev.stillpoint.hypervisor.lab.rest.Account;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a lab is set up.
 *
 * @param directory where it keeps its disks; {@code run} in it is emptied at the start, {@code
 *     cache} is kept
 * @param port of the engine, 0 for a free one
 * @param imagePort of the data endpoint, 0 for a free one
 * @param accounts who may log in; the first is the administrator
 * @param guestBytesPerSecond how much each running guest writes while guests write
 * @param tls the key to serve with; plain HTTP without
 * @param dataPlane what plays the host
 * @param portal the page that plays the administration portal
 */
public record LabConfig(
    Path directory,
    int port,
    int imagePort,
    LabTimes times,
    LabFleet fleet,
    List<Account> accounts,
    long guestBytesPerSecond,
    Optional<LabTls> tls,
    DataPlaneKind dataPlane,
    PortalConfig portal) {
  private static final long GUEST_BYTES_PER_SECOND = 1 << 20;

  public LabConfig {
    requireNonNull(directory, "directory");
    requireNonNull(times, "times");
    requireNonNull(fleet, "fleet");
    requireNonNull(dataPlane, "dataPlane");
    requireNonNull(portal, "portal");
    accounts = List.copyOf(accounts);
    if (accounts.isEmpty()) {
      throw new IllegalArgumentException("a lab needs somebody who may log in: name an account");
    }
  }

  /** A lab for tests: free ports, quick, the small fleet, admin@internal with "password". */
  public static LabConfig inDirectory(Path directory) {
    return new LabConfig(
        directory,
        0,
        0,
        LabTimes.quick(),
        LabFleet.small(),
        List.of(Account.administrator("admin@internal", "password")),
        GUEST_BYTES_PER_SECOND,
        Optional.empty(),
        DataPlaneKind.EMBEDDED,
        PortalConfig.below(directory.resolve("portal")));
  }

  public LabConfig withPorts(int newPort, int newImagePort) {
    return new LabConfig(
        directory,
        newPort,
        newImagePort,
        times,
        fleet,
        accounts,
        guestBytesPerSecond,
        tls,
        dataPlane,
        portal);
  }

  public LabConfig withTimes(LabTimes newTimes) {
    return new LabConfig(
        directory,
        port,
        imagePort,
        newTimes,
        fleet,
        accounts,
        guestBytesPerSecond,
        tls,
        dataPlane,
        portal);
  }

  public LabConfig withFleet(LabFleet newFleet) {
    return new LabConfig(
        directory,
        port,
        imagePort,
        times,
        newFleet,
        accounts,
        guestBytesPerSecond,
        tls,
        dataPlane,
        portal);
  }

  public LabConfig withAccounts(List<Account> newAccounts) {
    return new LabConfig(
        directory,
        port,
        imagePort,
        times,
        fleet,
        newAccounts,
        guestBytesPerSecond,
        tls,
        dataPlane,
        portal);
  }

  public LabConfig withTls(LabTls newTls) {
    return new LabConfig(
        directory,
        port,
        imagePort,
        times,
        fleet,
        accounts,
        guestBytesPerSecond,
        Optional.of(newTls),
        dataPlane,
        portal);
  }

  public LabConfig withDataPlane(DataPlaneKind newDataPlane) {
    return new LabConfig(
        directory,
        port,
        imagePort,
        times,
        fleet,
        accounts,
        guestBytesPerSecond,
        tls,
        newDataPlane,
        portal);
  }

  public LabConfig withPortal(PortalConfig newPortal) {
    return new LabConfig(
        directory,
        port,
        imagePort,
        times,
        fleet,
        accounts,
        guestBytesPerSecond,
        tls,
        dataPlane,
        newPortal);
  }
}
