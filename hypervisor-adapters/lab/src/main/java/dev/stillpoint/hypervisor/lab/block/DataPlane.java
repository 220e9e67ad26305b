package dev.stillpoint.hypervisor.lab.block;

import java.io.IOException;
import java.util.Optional;

/**
 * The host: where disks lie and how clients reach their content. It takes only images and points in
 * time that it made itself. Safe for use by many threads.
 */
public interface DataPlane extends AutoCloseable {
  /**
   * Makes an image.
   *
   * @param id the disk's
   * @param cow qcow2, else raw
   * @param base what it starts with; zeroes without
   */
  DiskImage create(String id, boolean cow, long sizeBytes, Optional<BaseImage> base)
      throws IOException;

  /** The address of the data endpoint, without a slash at the end. */
  String url();

  /** Lets a client write an image, and read it. */
  Ticket toWrite(Ticket.Name name, DiskImage image) throws IOException;

  /** Lets a client read an image as it is now. */
  Ticket toRead(Ticket.Name name, DiskImage image) throws IOException;

  /**
   * Lets a client read a point in time.
   *
   * @throws MissingBitmapException when the changes it shall tell are not to be found
   */
  Ticket toRead(Ticket.Name name, PointInTime view) throws IOException;

  /** The host is gone: its connections break and new ones are refused. */
  void suspend();

  /**
   * The host is back, at the same address.
   *
   * @param withTickets whether it was only out of reach; after a restart it knows no ticket
   */
  void resume(boolean withTickets) throws IOException;

  /** Ends everything that serves. Images have to be deleted before. */
  @Override
  void close();
}
