package dev.stillpoint.hypervisor.lab.block;

import java.io.IOException;

/** A disk's image as its host keeps it. Safe for use by many threads. */
public interface DiskImage {
  /** The virtual size in bytes. */
  long sizeBytes();

  /** How much storage the image takes, in bytes. */
  long allocatedBytes();

  /** Writes a range, as the guest does: every enabled bitmap records it. */
  void write(long offset, byte[] bytes, int from, int length) throws IOException;

  /**
   * Stops all writes to the disk until what is returned is closed: the way to take several disks at
   * one instant.
   */
  FrozenDisk freeze() throws IOException;

  /** Stops recording for a checkpoint. */
  void forget(String checkpoint) throws IOException;

  /** The SHA-256 of the content at this instant, in lower-case hexadecimal. */
  String sha256Now() throws IOException;

  /**
   * What the engine does after an upload.
   *
   * @throws IOException when the image is damaged
   */
  void verify() throws IOException;

  /** Closes the image and removes its files. */
  void delete();
}
