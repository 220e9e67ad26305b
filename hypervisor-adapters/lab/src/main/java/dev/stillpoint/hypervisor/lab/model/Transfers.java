package dev.stillpoint.hypervisor.lab.model;

import dev.stillpoint.hypervisor.lab.model.Transfer.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Opens image transfers and brings them to their end. */
public final class Transfers {
  private final World world;
  private final Disks disks;

  /** Begins to look for idle transfers. */
  public Transfers(World world, Disks disks) {
    this.world = world;
    this.disks = disks;
    world.later().every(world.times().idleCheck(), this::stopIdle);
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
    String id = world.ids().next();
    String ticketId = world.ids().next();
    Ticket ticket =
        wish.upload()
            ? Ticket.toWrite(ticketId, id, disk.content(), world.setup().clock())
            : Ticket.toRead(ticketId, id, disk.content(), Optional.empty(), world.setup().clock());
    disk.lock(id);
    return add(new Transfer(id, disk, Optional.empty(), wish, ticket));
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
    if (part.dirty().isPresent() && world.faults().strikes(LabFaults.Switch.BITMAP_MISSING)) {
      throw EngineFault.wrong("");
    }
    String id = world.ids().next();
    Ticket ticket =
        Ticket.toRead(world.ids().next(), id, part.view(), part.dirty(), world.setup().clock());
    return add(new Transfer(id, disk, Optional.of(backup), wish, ticket));
  }

  private Transfer add(Transfer transfer) {
    world.transfers().put(transfer.id(), transfer);
    world.tickets().add(transfer.ticket());
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
    transfer.ticket().moved(0);
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
    transfer.ticket().moved(0);
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
    world.tickets().remove(transfer.ticket());
    proceed(transfer, course);
  }

  private void proceed(Transfer transfer, List<Phase> course) {
    Phase next = course.get(0);
    // The engine cannot take a ticket back while connections use it; it tries again and again.
    if (next.isEnd() && transfer.ticket().isBusy()) {
      world.later().in(world.times().transferStep(), () -> proceed(transfer, course));
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

  private void end(Transfer transfer, boolean success) {
    transfer.disk().unlock(transfer.id());
    if (transfer.isUpload() && !success) {
      disks.vanish(transfer.disk());
    }
    world.later().in(world.times().retention(), () -> world.transfers().remove(transfer.id()));
  }

  private void stopIdle() {
    for (Transfer transfer : List.copyOf(world.transfers().values())) {
      boolean open = transfer.phase() == Phase.TRANSFERRING && !transfer.ticket().isBusy();
      if (open && isIdle(transfer)) {
        stop(transfer);
      }
    }
  }

  private boolean isIdle(Transfer transfer) {
    Duration idle = Duration.between(transfer.ticket().lastUse(), world.now());
    return !transfer.idleLimit().isZero() && idle.compareTo(transfer.idleLimit()) > 0;
  }

  private void stop(Transfer transfer) {
    boolean pause =
        switch (transfer.policy()) {
          case LEGACY -> transfer.isUpload();
          case PAUSE -> true;
          case CANCEL -> false;
        };
    if (pause) {
      transfer.enter(Phase.PAUSED_SYSTEM);
    } else {
      close(
          transfer,
          List.of(Phase.CANCELLED_SYSTEM, Phase.FINALIZING_FAILURE, Phase.FINISHED_FAILURE));
    }
  }
}
