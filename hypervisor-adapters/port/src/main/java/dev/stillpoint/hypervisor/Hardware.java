package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;

/**
 * Processors, memory and firmware of a VM.
 *
 * @param memory what the guest sees
 * @param guaranteedMemory what the manager must always grant, at most {@code memory}
 * @param maximumMemory up to where memory may be plugged in, at least {@code memory}
 * @param firmware the manager's word for chip set and firmware: {@code q35_ovmf}; empty: its
 *     default
 * @param highlyAvailable restarted by the manager when its host fails
 */
public record Hardware(
    int sockets,
    int coresPerSocket,
    int threadsPerCore,
    ByteCount memory,
    ByteCount guaranteedMemory,
    ByteCount maximumMemory,
    String firmware,
    boolean highlyAvailable) {

  public Hardware {
    if (sockets < 1 || coresPerSocket < 1 || threadsPerCore < 1) {
      throw new IllegalArgumentException("A VM has at least one processor");
    }
    requireNonNull(memory, "memory");
    requireNonNull(guaranteedMemory, "guaranteedMemory");
    requireNonNull(maximumMemory, "maximumMemory");
    requireNonNull(firmware, "firmware");
  }

  public int processors() {
    return sockets * coresPerSocket * threadsPerCore;
  }
}
