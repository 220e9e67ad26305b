package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Optional;

/** A site the contract may do with as it likes, seen past the adapter: the guest's side. */
public interface SiteUnderTest extends AutoCloseable {

  SiteConnector connector();

  SiteAddress address();

  /** A fresh copy; the caller closes it. */
  Password password();

  SiteTimeouts timeouts();

  /** Somebody who is shown the running VM and not the stopped one; his password is the site's. */
  String plainUser();

  /** A VM that is up, with at least one change-tracked disk of 4 MiB or more. */
  VmId runningVm();

  /** A VM that is down, with at least one change-tracked disk of 4 MiB or more. */
  VmId stoppedVm();

  /** A VM with a disk that cannot be change-tracked, where the site has such a thing. */
  Optional<VmId> vmWithRawDisk();

  /** The guest writes as much; a site whose guest is a program of its own chooses the places. */
  void write(DiskId disk, long offset, byte[] data);

  /** Hex SHA-256 of the disk as it is now; the site's own sum, not the adapter's. */
  String sha256(DiskId disk);

  /** Hex SHA-256 of the disk as it was at that snapshot, which may have been removed since. */
  String sha256AtSnapshot(String reference, DiskId disk);

  boolean exists(DiskId disk);

  /** Snapshots, transfers, locked disks and disks of nobody that were not there at the start. */
  List<String> leftovers();

  @Override
  void close();
}
