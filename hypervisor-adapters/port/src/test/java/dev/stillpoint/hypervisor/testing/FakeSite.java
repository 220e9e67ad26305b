package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A whole site in memory that keeps the port's contract: VMs whose disks can be written, change
 * tracking on a 64 KiB grid, snapshots, restores, and faults on demand. It answers at once.
 *
 * <p>Log in with {@link #address()}, {@link #password()}. Thread-safe. Disks live on the heap: keep
 * them small.
 */
public final class FakeSite implements SiteConnector {

  private static final String USER = "admin@fake";
  private static final String SECRET = "fake-password";

  private final FakeManager manager;

  public FakeSite() {
    this(InstantSource.system());
  }

  /**
   * @param clock gives the time of snapshots
   */
  public FakeSite(InstantSource clock) {
    this.manager = new FakeManager(clock);
  }

  @Override
  public String kind() {
    return "fake";
  }

  @Override
  public SiteSession connect(SiteAddress address, Password password, SiteTimeouts timeouts) {
    int epoch = manager.faults.crashCount();
    long number = manager.faults.before(FakeCall.CONNECT, epoch);
    boolean right =
        address.username().equals(USER)
            && password.use(given -> Arrays.equals(given, SECRET.toCharArray()));
    if (!right) {
      throw new StillpointException(
          ErrorKind.UNAUTHENTICATED,
          "The fake site at " + address.url() + " refused user " + address.username(),
          "Correct the site's user name or password");
    }
    manager.faults.after(FakeCall.CONNECT, number);
    return new FakeSession(manager, epoch);
  }

  public SiteAddress address() {
    return new SiteAddress(URI.create("fake://site/api"), USER, "");
  }

  /** A fresh copy; the caller closes it. */
  public Password password() {
    return new Password(SECRET.toCharArray());
  }

  public SiteTimeouts timeouts() {
    Duration second = Duration.ofSeconds(1);
    return new SiteTimeouts(second, second, second, Duration.ofMillis(1));
  }

  /** Sessions opened now, for tests that do not care about logging in. */
  public SiteSession open() {
    try (Password password = password()) {
      return connect(address(), password, timeouts());
    }
  }

  public FakeFaults faults() {
    return manager.faults;
  }

  /**
   * Adds a running VM with one NIC.
   *
   * @param diskSizes one disk each, change-tracked, its first three quarters pseudo-random but for
   *     a hole, the rest zero; the first is bootable
   */
  public VmId addVm(String name, ByteCount... diskSizes) {
    synchronized (manager) {
      VmId id = new VmId(manager.newId());
      FakeVm vm = new FakeVm(id, FakeContent.describe(id, name, manager.cluster));
      vm.nics =
          List.of(
              new NicSettings(
                  "nic1",
                  "virtio",
                  manager.nextMac(),
                  manager.networks.get(0),
                  true,
                  true,
                  List.of()));
      manager.vms.put(id, vm);
      for (ByteCount size : diskSizes) {
        addDisk(id, size, true);
      }
      return id;
    }
  }

  /**
   * Adds one more disk, filled as those of {@link #addVm}.
   *
   * @param changeTracking false: a raw disk
   */
  public DiskId addDisk(VmId vm, ByteCount size, boolean changeTracking) {
    synchronized (manager) {
      FakeVm owner = manager.vm(vm);
      int number = owner.attached.size() + 1;
      DiskSettings settings =
          new DiskSettings(
              new DiskId(manager.newId()),
              owner.name() + "_Disk" + number,
              size,
              Optional.of(size),
              changeTracking ? "cow" : "raw",
              true,
              changeTracking,
              new DiskSettings.StorageRef(manager.storageId, manager.storageName),
              "virtio_scsi",
              number == 1,
              true,
              false,
              "");
      FakeDisk disk = new FakeDisk(settings);
      FakeContent.fill(disk);
      manager.disks.put(disk.id, disk);
      owner.attached.put(disk.id, settings);
      return disk.id;
    }
  }

  /** The platform cannot back this disk up; snapshots leave it out without a word. */
  public void refuseBackup(DiskId disk, String reason) {
    synchronized (manager) {
      FakeDisk it = manager.disk(disk);
      DiskSettings s = it.settings;
      it.settings =
          new DiskSettings(
              s.id(),
              s.name(),
              s.size(),
              s.allocated(),
              s.format(),
              s.sparse(),
              s.changeTracking(),
              s.storage(),
              s.bus(),
              s.bootable(),
              s.active(),
              s.readOnly(),
              reason);
      manager.vms.values().forEach(vm -> vm.attached.computeIfPresent(disk, (d, o) -> it.settings));
    }
  }

  /** From now on changes of this disk are refused when a reader is opened, though promised. */
  public void loseChangesOnOpen(DiskId disk) {
    synchronized (manager) {
      manager.dirtyRefused.add(disk);
    }
  }

  /** The manager forgets what was written to this disk, and calls all of it unchanged. */
  public void forgetChanges(DiskId disk) {
    synchronized (manager) {
      manager.disk(disk).changedSince.values().forEach(BitSet::clear);
    }
  }

  /** The manager loses all checkpoints of the VM. */
  public void loseCheckpoints(VmId vm) {
    synchronized (manager) {
      manager.forgetCheckpoints(manager.vm(vm));
    }
  }

  public List<DiskId> disks(VmId vm) {
    synchronized (manager) {
      return List.copyOf(manager.vm(vm).attached.keySet());
    }
  }

  public void removeVm(VmId vm) {
    synchronized (manager) {
      manager.disks.keySet().removeAll(manager.vm(vm).attached.keySet());
      manager.vms.remove(vm);
    }
  }

  /** Somebody takes a disk off a VM and deletes it. */
  public void removeDisk(VmId vm, DiskId disk) {
    synchronized (manager) {
      manager.vm(vm).attached.remove(disk);
      manager.disks.remove(disk);
    }
  }

  public void power(VmId vm, PowerState state) {
    synchronized (manager) {
      manager.vm(vm).power = state;
    }
  }

  /** From now on nothing in the guest can freeze its file systems. */
  public void removeGuestAgent(VmId vm) {
    synchronized (manager) {
      manager.vm(vm).agent = false;
    }
  }

  /** The guest writes. */
  public void write(DiskId disk, long offset, byte[] data) {
    synchronized (manager) {
      manager.disk(disk).write(offset, data);
    }
  }

  /** The whole disk as it is now, a copy. */
  public byte[] content(DiskId disk) {
    synchronized (manager) {
      return manager.disk(disk).content.clone();
    }
  }

  /** Hex SHA-256 of the disk as it is now. */
  public String sha256(DiskId disk) {
    synchronized (manager) {
      return FakeContent.hash(manager.disk(disk).content);
    }
  }

  /** Hex SHA-256 of the disk as it was at that snapshot, removed or not. */
  public String sha256At(String snapshotReference, DiskId disk) {
    synchronized (manager) {
      return FakeContent.hash(
          manager.snapshotsEver.get(snapshotReference).images.get(disk).content);
    }
  }

  /** From now on the storage computes sums of what is written. */
  public void sumContent() {
    synchronized (manager) {
      manager.sums = true;
    }
  }

  /** The host of every upload restarts: what was written to this range is lost. */
  public void interruptUploads(int offset, int length) {
    synchronized (manager) {
      for (FakeDisk disk : manager.disks.values()) {
        if (disk.uploading) {
          Arrays.fill(disk.content, offset, offset + length, (byte) 0);
          disk.interrupted = true;
        }
      }
    }
  }

  /** What the storage says it can still take. */
  public void available(ByteCount amount) {
    synchronized (manager) {
      manager.available = amount;
    }
  }

  /** Tags, load and people, for tests that are about them. */
  public FakeSurroundings surroundings() {
    return new FakeSurroundings(manager);
  }

  /** Snapshots, transfers, half-filled disks and disks attached to no VM, in words. */
  public List<String> leftovers() {
    synchronized (manager) {
      return manager.leftovers();
    }
  }

  public boolean exists(DiskId disk) {
    synchronized (manager) {
      return manager.disks.containsKey(disk);
    }
  }

  public List<CheckpointId> checkpoints(VmId vm) {
    synchronized (manager) {
      return List.copyOf(manager.vm(vm).checkpoints);
    }
  }

  /** The VM of that name, if there is one. */
  public Optional<VmId> vm(String name) {
    synchronized (manager) {
      return manager.vms.values().stream()
          .filter(vm -> vm.name().equals(name))
          .map(vm -> vm.id)
          .findFirst();
    }
  }

  /** What people see and do at the manager. */
  public FakeConsole console() {
    return new FakeConsole(manager);
  }
}
