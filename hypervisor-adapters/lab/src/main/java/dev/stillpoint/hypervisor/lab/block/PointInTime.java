package dev.stillpoint.hypervisor.lab.block;

import java.io.IOException;

/**
 * A disk as it was at one instant. It is kept as long as somebody holds it; {@link #close} gives
 * one hold back. Safe for use by many threads.
 */
public interface PointInTime extends AutoCloseable {
  /** Whether it knows what changed since the checkpoint that was asked about. */
  boolean isIncremental();

  /** Another holder, who has to {@link #close} too. */
  PointInTime hold();

  /** The SHA-256 of the content, in lower-case hexadecimal. */
  String sha256() throws IOException;

  @Override
  void close() throws IOException;
}
