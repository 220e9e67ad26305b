package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.block.ImageView;
import dev.stillpoint.hypervisor.lab.block.VirtualDisk;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The right to read or write one image at the data endpoint. Safe for use by many threads. */
public final class Ticket {
  private final String id;
  private final String transferId;
  private final ImageView image;
  private final Optional<VirtualDisk> writable;
  private final Optional<BitSet> dirty;
  private final InstantSource clock;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong movedBytes = new AtomicLong();
  private volatile Instant lastUse;

  private Ticket(
      String id,
      String transferId,
      ImageView image,
      Optional<VirtualDisk> writable,
      Optional<BitSet> dirty,
      InstantSource clock) {
    this.id = id;
    this.transferId = transferId;
    this.image = image;
    this.writable = writable;
    this.dirty = dirty;
    this.clock = clock;
    this.lastUse = clock.instant();
  }

  static Ticket toRead(
      String id, String transferId, ImageView image, Optional<BitSet> dirty, InstantSource clock) {
    return new Ticket(id, transferId, image, Optional.empty(), dirty, clock);
  }

  static Ticket toWrite(String id, String transferId, VirtualDisk disk, InstantSource clock) {
    return new Ticket(id, transferId, disk, Optional.of(disk), Optional.empty(), clock);
  }

  public String id() {
    return id;
  }

  public String transferId() {
    return transferId;
  }

  public ImageView image() {
    return image;
  }

  /** The disk to write to, if writing is allowed. */
  public Optional<VirtualDisk> writable() {
    return writable;
  }

  /** The changed blocks, if the ticket knows them. */
  public Optional<BitSet> dirty() {
    return dirty;
  }

  /** A request begins; {@link #end} must follow. */
  public void begin() {
    running.incrementAndGet();
    lastUse = clock.instant();
  }

  /** A request moved some bytes. */
  public void moved(long bytes) {
    movedBytes.addAndGet(bytes);
    lastUse = clock.instant();
  }

  /** A request is over. */
  public void end() {
    lastUse = clock.instant();
    running.decrementAndGet();
  }

  public long movedBytes() {
    return movedBytes.get();
  }

  boolean isBusy() {
    return running.get() > 0;
  }

  Instant lastUse() {
    return lastUse;
  }
}
