package dev.stillpoint.hypervisor.lab.fleet;

/** A run of bytes on a disk. */
record Span(long start, long length) {
  Span {
    if (start < 0 || length <= 0) {
      throw new IllegalArgumentException("span " + start + "+" + length);
    }
  }
}
