package dev.stillpoint.hypervisor.ovirt;

import static org.ovirt.engine.sdk4.builders.Builders.backup;
import static org.ovirt.engine.sdk4.builders.Builders.disk;
import static org.ovirt.engine.sdk4.builders.Builders.imageTransfer;

import dev.stillpoint.hypervisor.ovirt.imageio.ImageioTicket;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.http.HttpStatus;
import org.ovirt.engine.sdk4.builders.ImageTransferBuilder;
import org.ovirt.engine.sdk4.services.ImageTransferService;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.ImageTransfer;
import org.ovirt.engine.sdk4.types.ImageTransferDirection;
import org.ovirt.engine.sdk4.types.ImageTransferPhase;

/** The image transfers of an engine. */
final class Transfers {

  /**
   * How long a ticket may lie unused. Much longer than the engine's 60 s: disks of a group wait
   * their turn, and our own storage may stall.
   */
  private static final Duration INACTIVITY = Duration.ofHours(1);

  private static final Set<ImageTransferPhase> ENDED =
      EnumSet.of(
          ImageTransferPhase.FINISHED_SUCCESS,
          ImageTransferPhase.FINISHED_FAILURE,
          ImageTransferPhase.FINISHED_CLEANUP);
  private static final Set<ImageTransferPhase> BEGINNING =
      EnumSet.of(
          ImageTransferPhase.INITIALIZING,
          ImageTransferPhase.RESUMING,
          ImageTransferPhase.TRANSFERRING);

  private static final Set<ImageTransferPhase> PAUSED =
      EnumSet.of(ImageTransferPhase.PAUSED_USER, ImageTransferPhase.PAUSED_SYSTEM);

  private final Engine engine;

  Transfers(Engine engine) {
    this.engine = engine;
  }

  /** Returns when data can flow. */
  Transfer download(String backupId, DiskId disk, String name) {
    return start(
        imageTransfer().backup(backup().id(backupId)).direction(ImageTransferDirection.DOWNLOAD),
        disk,
        name);
  }

  /** Returns when data can flow. The transfer owns the disk: unfinished, it takes it along. */
  Transfer upload(DiskId disk, String name) {
    return start(imageTransfer().direction(ImageTransferDirection.UPLOAD), disk, name);
  }

  private Transfer start(ImageTransferBuilder wanted, DiskId disk, String name) {
    ImageTransfer made =
        engine
            .call(
                "Opening " + name,
                () ->
                    engine
                        .system()
                        .imageTransfersService()
                        .add()
                        .imageTransfer(
                            wanted
                                .disk(disk().id(disk.value()))
                                .format(DiskFormat.RAW)
                                .inactivityTimeout(INACTIVITY.toSeconds()))
                        .send())
            .imageTransfer();
    return engine.await(
        name + " to be opened", () -> opened(find(made.id(), name), made.id(), name));
  }

  private static Optional<Transfer> opened(
      Optional<ImageTransfer> transfer, String id, String name) {
    if (transfer.isEmpty() || !BEGINNING.contains(transfer.get().phase())) {
      String phase =
          transfer.filter(ImageTransfer::phasePresent).map(t -> t.phase().value()).orElse("gone");
      throw new OvirtException(
          ErrorKind.HYPERVISOR_REFUSED,
          "The engine could not open " + name + " for transfer: " + phase.replace('_', ' '),
          "Look into the engine's events of the disk for the cause",
          OvirtException.AFTERWARDS,
          phase);
    }
    return transfer
        .filter(t -> t.phase() == ImageTransferPhase.TRANSFERRING && t.transferUrlPresent())
        .map(t -> new Transfer(id, t.transferUrl(), t.proxyUrlPresent() ? t.proxyUrl() : "", name));
  }

  boolean isOpen(Transfer transfer) {
    return find(transfer.id(), transfer.name())
        .filter(t -> t.phase() == ImageTransferPhase.TRANSFERRING)
        .isPresent();
  }

  /**
   * Brings an upload that the engine paused, because its host was out of reach, back to life. An
   * upload is never cancelled for this: the engine would delete its disk. A ticket that the host
   * has lost is not given again by a resume; such an upload is lost.
   *
   * @throws StillpointException HYPERVISOR_REFUSED when it has ended meanwhile
   */
  void resumeUpload(Transfer transfer) {
    if (PAUSED.contains(phase(transfer))) {
      engine.run("Resuming " + transfer.name(), () -> service(transfer.id()).resume().send());
    }
    engine.await(
        transfer.name() + " to be resumed",
        () -> opened(find(transfer.id(), transfer.name()), transfer.id(), transfer.name()));
  }

  /** Opens a transfer as soon as its host, which was away, answers again. */
  ImageioTicket awaitHost(Transfer transfer, Supplier<ImageioTicket> open) {
    return engine.await(
        "the host of " + transfer.name() + " to answer again",
        () -> {
          try {
            return Optional.of(open.get());
          } catch (StillpointException e) {
            // A conflict: the engine finds no host, or has not done with the old transfer.
            if (e.kind() == ErrorKind.HYPERVISOR_UNAVAILABLE || e.kind() == ErrorKind.CONFLICT) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private ImageTransferPhase phase(Transfer transfer) {
    return find(transfer.id(), transfer.name())
        .filter(ImageTransfer::phasePresent)
        .map(ImageTransfer::phase)
        .orElse(ImageTransferPhase.UNKNOWN);
  }

  /** Ends a download, however it went. */
  void endDownload(String id, String name) {
    act(id, name, service -> service.finalize_().send());
    awaitEnd(id, name);
  }

  /**
   * Completes an upload.
   *
   * @throws StillpointException HYPERVISOR_REFUSED when the engine does not accept the image
   */
  void completeUpload(Transfer transfer) {
    act(transfer.id(), transfer.name(), service -> service.finalize_().send());
    ImageTransferPhase end = awaitEnd(transfer.id(), transfer.name());
    if (end != ImageTransferPhase.FINISHED_SUCCESS) {
      throw new StillpointException(
          ErrorKind.HYPERVISOR_REFUSED,
          "The engine did not accept the content of " + transfer.name() + ": " + end.value(),
          "Look into the engine's events of the disk for the cause, then restore again");
    }
  }

  /** Gives an upload up; the engine removes its disk. */
  void cancelUpload(String id, String name) {
    act(id, name, service -> service.cancel().send());
    awaitEnd(id, name);
  }

  /**
   * Ends all transfers of that disk in that direction. Only for disks that nobody else can be
   * transferring: our own new ones, and those that a running backup of ours has locked.
   */
  void endAll(DiskId disk, ImageTransferDirection direction) {
    for (ImageTransfer transfer : openTransfers()) {
      boolean same =
          transfer.imagePresent()
              && disk.value().equals(transfer.image().id())
              && transfer.direction() == direction;
      if (same && direction == ImageTransferDirection.UPLOAD) {
        cancelUpload(transfer.id(), "disk " + disk);
      } else if (same) {
        endDownload(transfer.id(), "disk " + disk);
      }
    }
  }

  private List<ImageTransfer> openTransfers() {
    return engine
        .call("Listing the transfers", () -> engine.system().imageTransfersService().list().send())
        .imageTransfer()
        .stream()
        .filter(t -> !ENDED.contains(t.phase()))
        .toList();
  }

  private void act(String id, String name, Consumer<ImageTransferService> action) {
    try {
      engine.run("Closing " + name, () -> action.accept(service(id)));
    } catch (OvirtException e) {
      boolean ended = find(id, name).filter(t -> !ENDED.contains(t.phase())).isEmpty();
      if (!ended && e.status() != HttpStatus.SC_CONFLICT) {
        throw e;
      }
    }
  }

  /** Records of ended transfers are forgotten after a while: gone counts as well ended. */
  private ImageTransferPhase awaitEnd(String id, String name) {
    return engine.await(
        name + " to be closed",
        () ->
            Optional.of(
                    find(id, name)
                        .map(t -> t.phasePresent() ? t.phase() : ImageTransferPhase.UNKNOWN)
                        .orElse(ImageTransferPhase.FINISHED_SUCCESS))
                .filter(ENDED::contains));
  }

  private Optional<ImageTransfer> find(String id, String name) {
    return engine
        .find("Looking after the transfer of " + name, () -> service(id).get().send())
        .map(answer -> answer.imageTransfer());
  }

  private ImageTransferService service(String id) {
    return engine.system().imageTransfersService().imageTransferService(id);
  }
}
