package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.block.DiskImage;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A disk as the engine lists it. */
public final class Disk {
  /** Locks a disk while its image is made. */
  static final String CREATION = "creation";

  private final String id;
  private final String imageId;
  private final DiskSpec spec;
  private final DiskImage content;
  private final boolean atStart;
  private final Set<String> locks = new HashSet<>();
  private final AtomicLong writtenBytes = new AtomicLong();
  private final AtomicLong writeCount = new AtomicLong();
  private final AtomicLong readCount = new AtomicLong();
  private final WriteMeter recent = new WriteMeter();
  private final WriteMeter recentReads = new WriteMeter();
  private String name;
  private String description;
  private final String domain;

  Disk(String id, String imageId, DiskSpec spec, DiskImage content, boolean atStart) {
    this.id = id;
    this.imageId = imageId;
    this.spec = spec;
    this.content = content;
    this.atStart = atStart;
    this.name = spec.name();
    this.description = spec.description();
    this.domain = spec.domain();
  }

  public String id() {
    return id;
  }

  public String imageId() {
    return imageId;
  }

  public DiskSpec spec() {
    return spec;
  }

  public DiskImage content() {
    return content;
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  public String domain() {
    return domain;
  }

  void rename(String newName) {
    name = newName;
  }

  void describe(String newDescription) {
    description = newDescription;
  }

  /** Whether checkpoints hold it: only qcow2 disks with incremental backup switched on. */
  public boolean isTracked() {
    return spec.isCow() && spec.incremental();
  }

  /** Whether its image is still being made. */
  public boolean isBeingMade() {
    return locks.contains(CREATION);
  }

  public boolean isLocked() {
    return !locks.isEmpty();
  }

  /** Whether it belongs to the fleet the lab began with. */
  boolean wasThereAtStart() {
    return atStart;
  }

  void lock(String owner) {
    locks.add(owner);
  }

  void unlock(String owner) {
    locks.remove(owner);
  }

  /** Counts a write of the guest. */
  public void guestWrote(long bytes, Instant now) {
    writtenBytes.addAndGet(bytes);
    writeCount.incrementAndGet();
    recent.wrote(bytes, now);
  }

  /** Counts a read of the guest. */
  public void guestRead(long bytes, Instant now) {
    readCount.incrementAndGet();
    recentReads.wrote(bytes, now);
  }

  /** What the guest read in the last seconds, in bytes per second. */
  public long readRate(Instant now) {
    return recentReads.rate(now);
  }

  public long readCount() {
    return readCount.get();
  }

  /** The operations are counted from nought again, as in a new process of the VM. */
  void restartCounters() {
    readCount.set(0);
    writeCount.set(0);
  }

  /** What the guest wrote in the last seconds, in bytes per second. */
  public long writeRate(Instant now) {
    return recent.rate(now);
  }

  public long writtenBytes() {
    return writtenBytes.get();
  }

  public long writeCount() {
    return writeCount.get();
  }

  /** How much storage it takes. */
  public long actualBytes() {
    return spec.sparse() ? content.allocatedBytes() : content.sizeBytes();
  }
}
