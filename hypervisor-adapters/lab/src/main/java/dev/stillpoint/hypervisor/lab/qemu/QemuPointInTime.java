package dev.stillpoint.hypervisor.lab.qemu;

import dev.stillpoint.hypervisor.lab.block.MissingBitmapException;
import dev.stillpoint.hypervisor.lab.block.PointInTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An image that stands still under an overlay. */
final class QemuPointInTime implements PointInTime {
  private final QemuHost host;
  private final QemuDisk disk;
  private final Path image;
  private final String format;
  private final Optional<String> since;
  private final AtomicInteger holds = new AtomicInteger(1);

  QemuPointInTime(QemuHost host, QemuDisk disk, Path image, String format, Optional<String> since) {
    this.host = host;
    this.disk = disk;
    this.image = image;
    this.format = format;
    this.since = since;
  }

  long sizeBytes() {
    return disk.sizeBytes();
  }

  @Override
  public boolean isIncremental() {
    return since.isPresent();
  }

  @Override
  public QemuPointInTime hold() {
    if (holds.getAndIncrement() <= 0) {
      throw new IllegalStateException("the point in time is already gone: " + image);
    }
    return this;
  }

  /**
   * Serves it, with the bitmap of what changed if it has one.
   *
   * @param lost whether the bitmap shall not be found
   * @throws MissingBitmapException when qemu-nbd does not find it
   */
  NbdServer serve(boolean lost) throws IOException {
    if (since.isEmpty()) {
      return host.serveToRead(image, format, List.of());
    }
    try {
      String bitmap = lost ? since.get() + "-lost" : since.get();
      return host.serveToRead(image, format, List.of("-B", bitmap));
    } catch (IOException e) {
      throw new MissingBitmapException(e.getMessage());
    }
  }

  @Override
  public String sha256() throws IOException {
    NbdServer server = host.serveToRead(image, format, List.of());
    try (NbdClient client = NbdClient.connect(server.socket())) {
      return QemuHost.sha256(client, sizeBytes());
    } finally {
      server.stop();
    }
  }

  @Override
  public void close() throws IOException {
    if (holds.decrementAndGet() == 0) {
      disk.merge();
    }
  }
}
