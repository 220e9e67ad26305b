package dev.stillpoint.hypervisor.lab.fleet;

import dev.stillpoint.hypervisor.lab.model.Disk;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.Vms;
import dev.stillpoint.hypervisor.lab.model.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs in the VMs: writers that change their disks. A guest writes only where its file system
 * takes no harm: to disks that the fleet began with, and to those that took their place (of the
 * same size, with the same name or in the same VM). Safe for use by many threads.
 */
public final class Guests {
  private static final Logger LOG = LoggerFactory.getLogger(Guests.class);
  private static final int SECTOR_BYTES = 4096;
  private static final int MAX_SECTORS = 16;
  private static final int TURN_MILLIS = 200;

  private final World world;
  private final List<Known> known;
  private final Map<String, Long> turns = new HashMap<>();
  private volatile boolean writing;

  /** A disk of the fleet, and where its guest may write. */
  record Known(String vm, String disk, long sizeBytes, GuestArea area) {}

  private record Target(Disk disk, GuestArea area) {}

  Guests(World world, List<Known> known) {
    this.world = world;
    this.known = List.copyOf(known);
  }

  /** Lets every running guest write at a rate while writing is switched on. */
  @SuppressWarnings("FutureReturnValueIgnored") // The turn reports its own failure.
  public void run(ScheduledExecutorService timer, long bytesPerSecond) {
    long perTurn = bytesPerSecond * TURN_MILLIS / 1000;
    timer.scheduleWithFixedDelay(
        () -> turn(perTurn), TURN_MILLIS, TURN_MILLIS, TimeUnit.MILLISECONDS);
  }

  public void resume() {
    writing = true;
  }

  /** No guest writes by itself any more when this returns. */
  public synchronized void pause() {
    writing = false;
  }

  /** Switches a VM on or off at once: when it is off its guest has written its last. */
  public synchronized void power(String vmId, boolean up, Vms vms) {
    world.locked(() -> vms.power(world.vm(vmId), up));
  }

  public boolean isWriting() {
    return writing;
  }

  private void turn(long bytes) {
    if (!writing) {
      return;
    }
    List<String> running =
        world.locked(() -> world.vms().values().stream().filter(Vm::isUp).map(Vm::id).toList());
    for (String vm : running) {
      try {
        turn(vm, bytes);
      } catch (UncheckedIOException | EngineFault e) {
        LOG.debug("guest {} lost its disk while it wrote", vm, e);
      }
    }
  }

  private synchronized void turn(String vm, long bytes) {
    if (writing && world.locked(() -> world.vm(vm).isUp())) {
      write(vm, bytes);
    }
  }

  /**
   * Lets the guest of one VM write so many bytes now, to places and with content that depend only
   * on the VM and on how often its guest wrote before.
   *
   * @throws IllegalStateException when the VM is not up or has no disk its guest could write to
   */
  public void burst(String vmId, long bytes) {
    if (!world.locked(() -> world.vm(vmId).isUp())) {
      throw new IllegalStateException("VM " + vmId + " is not up, so its guest cannot write");
    }
    if (write(vmId, bytes) < bytes) {
      throw new IllegalStateException("VM " + vmId + " has no disk that its guest may write to");
    }
  }

  /**
   * Writes one thing to one place of a disk, as the guest would; any disk and any place will do.
   */
  public void write(String diskId, long offset, byte[] bytes) {
    write(world.locked(() -> world.disk(diskId)), offset, bytes);
  }

  /** The guest reads so much of a disk in one operation. */
  public void read(String diskId, long bytes) {
    world.locked(() -> world.disk(diskId)).guestRead(bytes, world.locked(world::now));
  }

  private void write(Disk disk, long offset, byte[] bytes) {
    try {
      disk.content().write(offset, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException("guest write to " + disk.name() + " failed", e);
    }
    disk.guestWrote(bytes.length, world.now());
  }

  private synchronized long write(String vmId, long bytes) {
    List<Target> targets = world.locked(() -> targets(world.vm(vmId)));
    if (targets.isEmpty()) {
      return 0;
    }
    long turn = turns.merge(vmId, 1L, Long::sum);
    SplittableRandom random = new SplittableRandom(31 * turn + vmId.hashCode());
    long done = 0;
    while (done < bytes) {
      Target target = targets.get(random.nextInt(targets.size()));
      done += write(target, random, bytes - done);
    }
    return done;
  }

  private List<Target> targets(Vm vm) {
    return vm.attachments().values().stream()
        .filter(attachment -> attachment.active() && !attachment.readOnly())
        .map(attachment -> world.disk(attachment.disk()))
        .flatMap(disk -> area(vm, disk).map(area -> new Target(disk, area)).stream())
        .toList();
  }

  private Optional<GuestArea> area(Vm vm, Disk disk) {
    long size = disk.content().sizeBytes();
    List<Known> alike = known.stream().filter(one -> one.sizeBytes() == size).toList();
    return alike.stream()
        .filter(one -> one.disk().equals(disk.name()))
        .findFirst()
        .or(() -> alike.stream().filter(one -> one.vm().equals(vm.id())).findFirst())
        .map(Known::area);
  }

  private int write(Target target, SplittableRandom random, long atMost) {
    boolean elsewhere = random.nextInt(4) == 0 && !target.area().free().isEmpty();
    List<Span> spans = elsewhere ? target.area().free() : target.area().all();
    Span span = spans.get(random.nextInt(spans.size()));
    long sectors = Math.max(1, span.length() / SECTOR_BYTES);
    long first = random.nextLong(sectors);
    long count = Math.min(1 + random.nextInt(MAX_SECTORS), sectors - first);
    int length = (int) Math.min(Math.min(count * SECTOR_BYTES, span.length()), atMost);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    write(target.disk(), span.start() + first * SECTOR_BYTES, bytes);
    return length;
  }
}
