package dev.stillpoint.hypervisor.lab.qemu;

import dev.stillpoint.hypervisor.lab.block.BaseImage;
import dev.stillpoint.hypervisor.lab.block.DiskImage;
import dev.stillpoint.hypervisor.lab.block.FrozenDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A qcow2 or raw image whose guest writes through a qemu-nbd. At a point in time the image stands
 * still and an overlay takes what the guest writes; it is merged back when nobody holds the point
 * any more. All bitmaps stay in the image: the merge makes them record what the overlay took, so
 * that they tell what a running qemu would have recorded.
 */
final class QemuDisk implements DiskImage {
  private final QemuHost host;
  private final Path image;
  private final String format;
  private final long sizeBytes;
  private final Set<String> bitmaps = new HashSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition merged = lock.newCondition();
  private Optional<Path> overlay = Optional.empty();
  private Optional<NbdServer> live = Optional.empty();
  private Optional<NbdClient> guest = Optional.empty();

  private QemuDisk(QemuHost host, Path image, String format, long sizeBytes) {
    this.host = host;
    this.image = image;
    this.format = format;
    this.sizeBytes = sizeBytes;
  }

  static QemuDisk create(
      QemuHost host, String id, boolean cow, long sizeBytes, Optional<BaseImage> base)
      throws IOException {
    String format = cow ? "qcow2" : "raw";
    Path image = host.image(id + ".img");
    if (base.isEmpty()) {
      host.qemuImg("create", "-q", "-f", format, image.toString(), Long.toString(sizeBytes));
      return new QemuDisk(host, image, format, sizeBytes);
    }
    Path template = base.get().file().toAbsolutePath();
    if (cow) {
      host.qemuImg(
          "create", "-q", "-f", format, "-b", template.toString(), "-F", "raw", image.toString());
    } else {
      host.qemuImg("convert", "-f", "raw", "-O", "raw", template.toString(), image.toString());
    }
    return new QemuDisk(host, image, format, Files.size(template));
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  /** The length of the files, which is all that is known of them without stopping the guest. */
  @Override
  public long allocatedBytes() {
    lock.lock();
    try {
      long top = overlay.isPresent() ? Files.size(overlay.get()) : 0;
      return Files.size(image) + top;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + image, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(long offset, byte[] bytes, int from, int length) throws IOException {
    lock.lock();
    try {
      for (int done = 0; done < length; ) {
        int count = Math.min(NbdClient.MAX_BYTES, length - done);
        guest().write(offset + done, ByteBuffer.wrap(bytes, from + done, count));
        done += count;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String sha256Now() throws IOException {
    lock.lock();
    try {
      return QemuHost.sha256(guest(), sizeBytes);
    } finally {
      lock.unlock();
    }
  }

  private NbdClient guest() throws IOException {
    NbdServer server = live();
    if (guest.isEmpty()) {
      guest = Optional.of(NbdClient.connect(server.socket()));
    }
    return guest.get();
  }

  /** The server through which the image is written; started when it is needed. */
  NbdServer live() throws IOException {
    lock.lock();
    try {
      if (live.isEmpty()) {
        live =
            Optional.of(
                overlay.isPresent()
                    ? host.serve(overlay.get(), "qcow2")
                    : host.serve(image, format));
      }
      return live.get();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody has the image open afterwards; what was written is in it. */
  private void stopLive() throws IOException {
    if (guest.isPresent()) {
      guest.get().close();
      guest = Optional.empty();
    }
    if (live.isPresent()) {
      live.get().stop();
      live = Optional.empty();
    }
  }

  @Override
  public FrozenDisk freeze() throws IOException {
    lock.lock();
    try {
      awaitMerge();
      stopLive();
      return new Frozen();
    } catch (IOException e) {
      lock.unlock();
      throw e;
    }
  }

  private void awaitMerge() {
    while (overlay.isPresent()) {
      merged.awaitUninterruptibly();
    }
  }

  private final class Frozen implements FrozenDisk {
    @Override
    public QemuPointInTime snapshot(Optional<String> since) throws IOException {
      Path top = host.image(image.getFileName() + ".top" + host.next());
      host.qemuImg(
          "create", "-q", "-f", "qcow2", "-b", image.toString(), "-F", format, top.toString());
      overlay = Optional.of(top);
      return new QemuPointInTime(
          host, QemuDisk.this, image, format, since.filter(bitmaps::contains));
    }

    @Override
    public void track(String checkpoint) throws IOException {
      host.qemuImg("bitmap", "--add", "--enable", "-f", format, image.toString(), checkpoint);
      bitmaps.add(checkpoint);
    }

    @Override
    public void close() {
      lock.unlock();
    }
  }

  /** The point in time is of no more use: what the guest wrote since goes into the image. */
  void merge() throws IOException {
    lock.lock();
    try {
      if (overlay.isPresent()) {
        stopLive();
        Path top = overlay.get();
        host.qemuImg("commit", "-q", "-d", "-f", "qcow2", top.toString());
        Files.delete(top);
        overlay = Optional.empty();
      }
    } finally {
      merged.signalAll();
      lock.unlock();
    }
  }

  @Override
  public void forget(String checkpoint) throws IOException {
    lock.lock();
    try {
      if (bitmaps.remove(checkpoint)) {
        awaitMerge();
        stopLive();
        host.qemuImg("bitmap", "--remove", "-f", format, image.toString(), checkpoint);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void verify() throws IOException {
    lock.lock();
    try {
      awaitMerge();
      stopLive();
      if (format.equals("qcow2")) {
        host.qemuImg("check", "-q", "-f", format, image.toString());
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void delete() {
    lock.lock();
    try {
      if (live.isPresent()) {
        live.get().kill();
        live = Optional.empty();
        guest = Optional.empty();
      }
      Files.deleteIfExists(image);
      if (overlay.isPresent()) {
        Files.deleteIfExists(overlay.get());
        overlay = Optional.empty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the image " + image, e);
    } finally {
      merged.signalAll();
      lock.unlock();
    }
  }
}
