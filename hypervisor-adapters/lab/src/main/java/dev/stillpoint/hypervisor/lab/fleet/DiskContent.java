package dev.stillpoint.hypervisor.lab.fleet;

import dev.stillpoint.hypervisor.lab.block.BaseImage;
import dev.stillpoint.hypervisor.lab.block.DiskImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What is on a disk when the lab begins. */
interface DiskContent {
  /**
   * What is ready before the disk is made.
   *
   * @param base the image it starts from, if any
   */
  record Prepared(Optional<BaseImage> base, GuestArea area) {}

  /**
   * Makes the content or finds it in the cache.
   *
   * @param cache a directory that outlives the lab
   * @param disk a name for the cache
   */
  Prepared prepare(Path cache, String disk, long sizeBytes) throws IOException;

  /** Writes what does not come from a base image. */
  void fill(DiskImage disk) throws IOException;
}
