package dev.stillpoint.hypervisor.lab.block;

import java.io.IOException;

/** The host finds no bitmap of the checkpoint in the image. */
public final class MissingBitmapException extends IOException {
  private static final long serialVersionUID = 1L;

  public MissingBitmapException(String message) {
    super(message);
  }
}
