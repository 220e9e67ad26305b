package dev.stillpoint.hypervisor.lab.fleet;

import dev.stillpoint.hypervisor.lab.block.DiskImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A real ext4 file system with real files of this machine.
 *
 * @param sources directories to take files from; those that do not exist are passed over
 * @param limitBytes how much of them to take
 */
record Ext4Content(List<Path> sources, long limitBytes) implements DiskContent {
  Ext4Content {
    sources = List.copyOf(sources);
  }

  @Override
  public Prepared prepare(Path cache, String disk, long sizeBytes) throws IOException {
    ImageCache images = new ImageCache(cache, disk);
    Optional<Prepared> ready = images.find();
    return ready.isPresent() ? ready.get() : images.build(new Ext4Image(this, sizeBytes));
  }

  @Override
  public void fill(DiskImage disk) {
    // All of it comes with the base image.
  }
}
