package dev.stillpoint.hypervisor.lab.imageio;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Buffers to move data with, used again and again. Safe for use by many threads. */
final class Buffers {
  static final int BYTES = 1 << 20;

  private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();

  byte[] take() {
    return Optional.ofNullable(free.poll()).orElseGet(() -> new byte[BYTES]);
  }

  void give(byte[] buffer) {
    free.add(buffer);
  }
}
