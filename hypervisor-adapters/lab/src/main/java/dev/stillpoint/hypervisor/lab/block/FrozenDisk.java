package dev.stillpoint.hypervisor.lab.block;

import java.io.IOException;
import java.util.Optional;

/** A disk that nobody else writes to; belongs to the thread that froze it. */
public interface FrozenDisk extends AutoCloseable {
  /**
   * The disk at this instant. The caller closes it.
   *
   * @param since the checkpoint whose changes shall be told, if the disk has a bitmap for it
   */
  PointInTime snapshot(Optional<String> since) throws IOException;

  /** Records from this instant on what changes after the checkpoint. */
  void track(String checkpoint) throws IOException;

  @Override
  void close();
}
