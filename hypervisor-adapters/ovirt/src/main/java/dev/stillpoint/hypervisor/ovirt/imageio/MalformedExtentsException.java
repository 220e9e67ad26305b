package dev.stillpoint.hypervisor.ovirt.imageio;

import java.io.IOException;

/** A list of extents that cannot be true: with gaps, or of another size than the image. */
final class MalformedExtentsException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedExtentsException(String message) {
    super(message);
  }
}
