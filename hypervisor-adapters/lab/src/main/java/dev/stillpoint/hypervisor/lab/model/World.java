package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.block.DataPlane;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Everything the engine manages. Use it inside {@link #locked} only. */
public final class World implements AutoCloseable {
  private final Map<String, Vm> vms = new LinkedHashMap<>();
  private final Map<String, Disk> disks = new LinkedHashMap<>();
  private final Map<String, Transfer> transfers = new LinkedHashMap<>();
  private final List<StorageDomain> domains = new ArrayList<>();
  private final List<Network> networks = new ArrayList<>();
  private static final int FIRST_HYBRID_MINOR = 7;

  private int clusterMinor = 8;
  private final Setup setup;
  private final Ids ids;
  private final Later later;
  private final Activity activity = new Activity(this);
  private final BackupSums sums = new BackupSums();
  private final Organisation organisation;

  /**
   * What a world is given.
   *
   * @param plane the host; the world does not close it
   */
  public record Setup(
      DataPlane plane,
      InstantSource clock,
      Supplier<UUID> idSource,
      ScheduledExecutorService timer,
      LabTimes times,
      LabFaults faults) {}

  public World(Setup setup) {
    this.setup = setup;
    this.ids = new Ids(setup.idSource());
    this.later = new Later(setup.timer(), this);
    this.organisation = new Organisation(ids);
  }

  /** Does something with the world while nobody else does. */
  public <T> T locked(Supplier<T> work) {
    synchronized (this) {
      return work.get();
    }
  }

  /** Does something with the world while nobody else does. */
  public void locked(Runnable work) {
    synchronized (this) {
      work.run();
    }
  }

  public Map<String, Vm> vms() {
    return vms;
  }

  public Map<String, Disk> disks() {
    return disks;
  }

  public Map<String, Transfer> transfers() {
    return transfers;
  }

  public List<StorageDomain> domains() {
    return domains;
  }

  public List<Network> networks() {
    return networks;
  }

  /** Tags, affinity, roles and permissions. */
  public Organisation organisation() {
    return organisation;
  }

  public LabFaults faults() {
    return setup.faults();
  }

  /** The host. */
  public DataPlane plane() {
    return setup.plane();
  }

  /** Events and jobs. */
  public Activity activity() {
    return activity;
  }

  /** The content sums of backups. */
  public BackupSums sums() {
    return sums;
  }

  /** Whether backups go with a snapshot: from cluster level 4.7 on. */
  public boolean hasHybridBackups() {
    return clusterMinor >= FIRST_HYBRID_MINOR;
  }

  /** The cluster's compatibility level after the "4.". */
  public int clusterMinor() {
    return clusterMinor;
  }

  public void changeClusterMinor(int minor) {
    clusterMinor = minor;
  }

  public Vm vm(String id) {
    return Optional.ofNullable(vms.get(id)).orElseThrow(EngineFault::missing);
  }

  public Disk disk(String id) {
    return Optional.ofNullable(disks.get(id)).orElseThrow(EngineFault::missing);
  }

  public Transfer transfer(String id) {
    return Optional.ofNullable(transfers.get(id)).orElseThrow(EngineFault::missing);
  }

  public StorageDomain domain(String id) {
    return domains.stream()
        .filter(domain -> domain.id().equals(id))
        .findFirst()
        .orElseThrow(EngineFault::missing);
  }

  /** The VMs a disk is attached to. */
  public List<Vm> holders(Disk disk) {
    return vms.values().stream().filter(vm -> vm.attachments().containsKey(disk.id())).toList();
  }

  /** Bytes taken on a storage domain. */
  public long usedBytes(StorageDomain domain) {
    return disks.values().stream()
        .filter(disk -> disk.domain().equals(domain.id()))
        .mapToLong(Disk::actualBytes)
        .sum();
  }

  /** Bytes promised to the disks of a storage domain. */
  public long committedBytes(StorageDomain domain) {
    return disks.values().stream()
        .filter(disk -> disk.domain().equals(domain.id()))
        .mapToLong(disk -> disk.content().sizeBytes())
        .sum();
  }

  public long availableBytes(StorageDomain domain) {
    if (faults().isOn(LabFaults.Switch.DOMAIN_FULL)) {
      return 0;
    }
    return Math.max(0, domain.sizeBytes() - usedBytes(domain));
  }

  /** What is left over of backups and restores, one line each; empty when all is tidy. */
  public List<String> leftovers() {
    List<String> left = new ArrayList<>();
    for (Vm vm : vms.values()) {
      vm.runningBackup()
          .ifPresent(b -> left.add("backup " + b.id() + " of " + vm.name() + " is " + b.phase()));
      vm.snapshots().stream()
          .filter(snapshot -> !snapshot.type().equals("active"))
          .forEach(s -> left.add("snapshot \"" + s.description() + "\" of " + vm.name()));
    }
    for (Transfer transfer : transfers.values()) {
      if (!transfer.phase().isEnd()) {
        left.add("transfer " + transfer.id() + " is " + transfer.phase());
      }
    }
    for (Disk disk : disks.values()) {
      if (disk.isLocked()) {
        left.add("disk " + disk.name() + " is locked");
      }
      if (!disk.wasThereAtStart() && holders(disk).isEmpty() && !isInADrive(disk)) {
        left.add("disk " + disk.name() + " is attached to no VM");
      }
    }
    return left;
  }

  private boolean isInADrive(Disk disk) {
    Optional<String> id = Optional.of(disk.id());
    return vms.values().stream().anyMatch(vm -> vm.cd(true).equals(id) || vm.cd(false).equals(id));
  }

  /** The engine does nothing more by itself, until {@link #goOn}. */
  public void hold() {
    later.hold();
  }

  /** While it is held: the engine does the next thing that is due; waits until one is. */
  public void step() {
    later.step();
  }

  /** The engine does what waited, and from now on everything at its time. */
  public void goOn() {
    later.goOn();
  }

  /** Ends the background work and removes the disks. */
  @Override
  public void close() {
    sums.close();
    locked(() -> disks.values().forEach(disk -> disk.content().delete()));
  }

  Setup setup() {
    return setup;
  }

  public LabTimes times() {
    return setup.times();
  }

  public Instant now() {
    return setup.clock().instant();
  }

  Ids ids() {
    return ids;
  }

  Later later() {
    return later;
  }
}
