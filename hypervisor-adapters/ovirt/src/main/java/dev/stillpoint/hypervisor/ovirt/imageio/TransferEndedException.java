package dev.stillpoint.hypervisor.ovirt.imageio;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;

/** imageio does not know the ticket any more: the engine took it back, or the host restarted. */
final class TransferEndedException extends StillpointException {

  private static final long serialVersionUID = 1L;

  TransferEndedException(String doing) {
    super(
        ErrorKind.HYPERVISOR_REFUSED,
        doing + " failed: the engine has ended the transfer",
        "Look into the engine's events of the disk for the cause, then try again");
  }
}
