package dev.stillpoint.hypervisor.lab.imageio;

import dev.stillpoint.hypervisor.lab.block.ImageView;
import dev.stillpoint.hypervisor.lab.block.Ticket;
import dev.stillpoint.hypervisor.lab.block.VirtualDisk;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A ticket of the embedded host. */
final class HeldTicket implements Ticket {
  private final Name name;
  private final Content content;
  private final Tickets valid;
  private final InstantSource clock;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong movedBytes = new AtomicLong();
  private volatile Instant lastUse;

  /**
   * What a ticket gives access to.
   *
   * @param writable the disk to write to, if writing is allowed
   * @param dirty the changed blocks, if they are known
   */
  record Content(ImageView image, Optional<VirtualDisk> writable, Optional<BitSet> dirty) {}

  HeldTicket(Name name, Content content, Tickets valid, InstantSource clock) {
    this.name = name;
    this.content = content;
    this.valid = valid;
    this.clock = clock;
    this.lastUse = clock.instant();
  }

  @Override
  public String id() {
    return name.id();
  }

  String transferId() {
    return name.transfer();
  }

  ImageView image() {
    return content.image();
  }

  Optional<VirtualDisk> writable() {
    return content.writable();
  }

  Optional<BitSet> dirty() {
    return content.dirty();
  }

  /** A request begins; {@link #end} must follow. */
  void begin() {
    running.incrementAndGet();
    touch();
  }

  /** A request moved some bytes. */
  void moved(long bytes) {
    movedBytes.addAndGet(bytes);
    touch();
  }

  /** A request is over. */
  void end() {
    touch();
    running.decrementAndGet();
  }

  @Override
  public long movedBytes() {
    return movedBytes.get();
  }

  @Override
  public boolean isBusy() {
    return running.get() > 0;
  }

  @Override
  public Instant lastUse() {
    return lastUse;
  }

  @Override
  public void touch() {
    lastUse = clock.instant();
  }

  @Override
  public boolean revoke() {
    valid.remove(this);
    return !isBusy();
  }

  @Override
  public boolean isKnown() {
    return valid.find(id()).isPresent();
  }
}
