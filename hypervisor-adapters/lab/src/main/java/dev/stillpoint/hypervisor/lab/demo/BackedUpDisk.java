package dev.stillpoint.hypervisor.lab.demo;

/**
 * A disk as one run backed it up.
 *
 * @param run which run of the demo, from 1
 * @param disk the disk's id
 * @param name the disk's name
 * @param mode {@code full} or {@code incremental}
 * @param reason why it was read that way
 * @param seconds how long it took
 * @param sha256 the lab's sum of it at the snapshot
 */
record BackedUpDisk(
    int run,
    String vm,
    String point,
    String disk,
    String name,
    String mode,
    String reason,
    long bytesVirtual,
    long bytesRead,
    long bytesStored,
    double seconds,
    String sha256) {}
