package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.block.MissingBitmapException;
import dev.stillpoint.hypervisor.lab.block.Ticket;
import dev.stillpoint.hypervisor.lab.model.Transfer.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens image transfers and brings them to their end. */
public final class Transfers {
  private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

  private final World world;
  private final Disks disks;

  /** Begins to look for transfers that are idle or whose ticket the host lost. */
  public Transfers(World world, Disks disks) {
    this.world = world;
    this.disks = disks;
    world.later().every(world.times().idleCheck(), this::look);
  }

  /** Opens a transfer of a disk that is not part of a backup. */
  public Transfer open(Disk disk, Transfer.Wish wish) {
    List<Vm> running = world.holders(disk).stream().filter(vm -> !vm.isDown()).toList();
    if (!running.isEmpty()) {
      throw EngineFault.conflict(
          "Cannot transfer Virtual Disk. The disk "
              + disk.name()
              + " is plugged to non-Down VMs: "
              + running.stream().map(Vm::name).collect(Collectors.joining(", ")));
    }
    if (disk.isLocked()) {
      throw EngineFault.conflict(
          "Cannot transfer Virtual Disk: Disk is locked. Please try again later.");
    }
    Ticket.Name name = newName();
    Ticket ticket =
        issued(
            () ->
                wish.upload()
                    ? world.plane().toWrite(name, disk.content())
                    : world.plane().toRead(name, disk.content()));
    disk.lock(name.transfer());
    return add(new Transfer(name.transfer(), disk, Optional.empty(), wish, ticket));
  }

  /** Opens a transfer of a disk of a backup, at the backup's point in time. */
  public Transfer open(Disk disk, Backup backup, Transfer.Wish wish) {
    if (!wish.format().equals(Optional.of("raw"))) {
      throw EngineFault.wrong(
          "Cannot transfer Virtual Disk. The specified format is not applicable for VM backup.");
    }
    if (backup.phase() != Backup.Phase.READY) {
      throw EngineFault.conflict(
          "Cannot transfer Virtual Disk. The VM backup is not in READY phase, backup phase is "
              + backup.phase().word()
              + ".");
    }
    Backup.Part part =
        backup
            .part(disk.id())
            .orElseThrow(
                () ->
                    EngineFault.conflict(
                        "Cannot transfer Virtual Disk. The disk is not part of the VM backup."));
    Ticket.Name name = newName();
    Ticket ticket = issued(() -> world.plane().toRead(name, part.view()));
    return add(new Transfer(name.transfer(), disk, Optional.of(backup), wish, ticket));
  }

  private Ticket.Name newName() {
    String transfer = world.ids().next();
    return new Ticket.Name(world.ids().next(), transfer);
  }

  /** A step of the host. */
  private interface Issue {
    Ticket run() throws IOException;
  }

  private static Ticket issued(Issue issue) {
    try {
      return issue.run();
    } catch (MissingBitmapException e) {
      LOG.info("the host refuses a transfer: {}", e.getMessage());
      throw EngineFault.wrong("");
    } catch (IOException e) {
      LOG.info("the host cannot begin a transfer: {}", e.getMessage());
      throw EngineFault.conflict(
          "Cannot transfer Virtual Disk. There is no active Host in the Data Center.");
    }
  }

  private Transfer add(Transfer transfer) {
    world.transfers().put(transfer.id(), transfer);
    return transfer;
  }

  /** The client wants to go on later; uploads only. */
  public void pause(Transfer transfer) {
    if (!transfer.isUpload()) {
      throw EngineFault.conflict(
          "Cannot pause image download as it's handled by the client. Note that it can be canceled"
              + " if you wish to stop it.");
    }
    if (transfer.phase() == Phase.TRANSFERRING || transfer.phase() == Phase.RESUMING) {
      transfer.enter(Phase.PAUSED_USER);
    }
  }

  /** The client goes on. */
  public void resume(Transfer transfer) {
    if (!transfer.phase().isPaused()) {
      throw EngineFault.conflict("Cannot resume image transfer as it's not in a paused state.");
    }
    transfer.enter(Phase.RESUMING);
    transfer.ticket().touch();
    world
        .later()
        .in(
            world.times().transferResume(),
            () -> {
              if (transfer.phase() == Phase.RESUMING) {
                transfer.enter(Phase.TRANSFERRING);
              }
            });
  }

  /** The client is still there. */
  public void extend(Transfer transfer) {
    transfer.ticket().touch();
  }

  /** The client has moved everything. After the end this does nothing, as in the engine. */
  public void finish(Transfer transfer) {
    if (isOpen(transfer)) {
      close(transfer, List.of(Phase.FINALIZING_SUCCESS, Phase.FINISHED_SUCCESS));
    }
  }

  /** The client gives up. A cancelled upload takes its disk with it. */
  public void cancel(Transfer transfer) {
    if (isOpen(transfer)) {
      close(
          transfer,
          List.of(Phase.CANCELLED_USER, Phase.FINALIZING_CLEANUP, Phase.FINISHED_CLEANUP));
    }
  }

  private static boolean isOpen(Transfer transfer) {
    return transfer.phase() == Phase.TRANSFERRING
        || transfer.phase() == Phase.RESUMING
        || transfer.phase().isPaused();
  }

  private void close(Transfer transfer, List<Phase> course) {
    transfer.ticket().revoke();
    proceed(transfer, course);
  }

  private void proceed(Transfer transfer, List<Phase> course) {
    Phase next = course.get(0);
    // The engine cannot take a ticket back while connections use it; it tries again and again.
    if (next.isEnd() && !transfer.ticket().revoke()) {
      world.later().in(world.times().transferStep(), () -> proceed(transfer, course));
      return;
    }
    if (next == Phase.FINISHED_SUCCESS && transfer.isUpload()) {
      world.later().away(() -> isSound(transfer), sound -> endUpload(transfer, sound));
      return;
    }
    transfer.enter(next);
    if (next.isEnd()) {
      end(transfer, next == Phase.FINISHED_SUCCESS);
    } else {
      List<Phase> rest = course.subList(1, course.size());
      world.later().in(world.times().transferStep(), () -> proceed(transfer, rest));
    }
  }

  private void endUpload(Transfer transfer, boolean sound) {
    if (sound) {
      transfer.enter(Phase.FINISHED_SUCCESS);
      end(transfer, true);
    } else {
      proceed(transfer, List.of(Phase.FINALIZING_FAILURE, Phase.FINISHED_FAILURE));
    }
  }

  private boolean isSound(Transfer transfer) {
    if (world.faults().strikes(LabFaults.Switch.UPLOAD_DAMAGED)) {
      return false;
    }
    try {
      transfer.disk().content().verify();
      return true;
    } catch (IOException e) {
      LOG.info("an upload is refused: {}", e.getMessage());
      return false;
    }
  }

  private void end(Transfer transfer, boolean success) {
    transfer.disk().unlock(transfer.id());
    if (transfer.isUpload() && !success) {
      disks.vanish(transfer.disk());
    }
    world.later().in(world.times().retention(), () -> world.transfers().remove(transfer.id()));
  }

  private void look() {
    for (Transfer transfer : List.copyOf(world.transfers().values())) {
      if (transfer.phase() != Phase.TRANSFERRING) {
        continue;
      }
      boolean paused =
          transfer.isUpload() && world.faults().strikes(LabFaults.Switch.UPLOAD_PAUSES);
      if (paused || !transfer.ticket().isKnown()) {
        stop(transfer, transfer.isUpload());
      } else if (!transfer.ticket().isBusy() && isIdle(transfer)) {
        stop(transfer, isPausedWhenIdle(transfer));
      }
    }
  }

  private boolean isIdle(Transfer transfer) {
    Duration idle = Duration.between(transfer.ticket().lastUse(), world.now());
    return !transfer.idleLimit().isZero() && idle.compareTo(transfer.idleLimit()) > 0;
  }

  private static boolean isPausedWhenIdle(Transfer transfer) {
    return switch (transfer.policy()) {
      case LEGACY -> transfer.isUpload();
      case PAUSE -> true;
      case CANCEL -> false;
    };
  }

  private void stop(Transfer transfer, boolean pause) {
    if (pause) {
      transfer.enter(Phase.PAUSED_SYSTEM);
    } else {
      close(
          transfer,
          List.of(Phase.CANCELLED_SYSTEM, Phase.FINALIZING_FAILURE, Phase.FINISHED_FAILURE));
    }
  }
}
