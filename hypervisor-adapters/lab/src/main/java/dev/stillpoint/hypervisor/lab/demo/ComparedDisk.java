package dev.stillpoint.hypervisor.lab.demo;

/**
 * A backed-up disk, and what a restore made of it.
 *
 * @param restoredAs how it was restored, for people
 * @param sha256 the lab's sum of the restored disk
 */
record ComparedDisk(BackedUpDisk source, String restoredAs, String sha256) {

  boolean match() {
    return source.sha256().equals(sha256);
  }
}
