package dev.stillpoint.hypervisor.lab.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What the disks of one host share: the programs and the directories. */
final class QemuHost {
  private final ImageioParts parts;
  private final Path images;
  private final Path sockets;
  private final AtomicInteger count = new AtomicInteger();

  /**
   * @param images where images go
   * @param sockets where sockets go; its path must be short
   */
  QemuHost(ImageioParts parts, Path images, Path sockets) {
    this.parts = parts;
    this.images = images;
    this.sockets = sockets;
  }

  Path image(String name) {
    return images.resolve(name);
  }

  int next() {
    return count.incrementAndGet();
  }

  void qemuImg(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(parts.img().toString()));
    command.addAll(Arrays.asList(arguments));
    Programs.run(command);
  }

  /** Serves an image for writing. */
  NbdServer serve(Path image, String format) throws IOException {
    return start(List.of("-f", format, "--discard=unmap", "--detect-zeroes=unmap"), image);
  }

  /** Serves an image for reading; more options tell of what. */
  NbdServer serveToRead(Path image, String format, List<String> options) throws IOException {
    List<String> all = new ArrayList<>(List.of("-r", "-f", format));
    all.addAll(options);
    return start(all, image);
  }

  private NbdServer start(List<String> options, Path image) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.add(image.toString());
    return NbdServer.start(parts.nbd(), sockets.resolve("nbd" + next()), all);
  }

  /** The SHA-256 of what a connection shows. */
  static String sha256(NbdClient client, long sizeBytes) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    ByteBuffer buffer = ByteBuffer.allocate(NbdClient.MAX_BYTES);
    for (long done = 0; done < sizeBytes; done += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), sizeBytes - done));
      client.read(done, buffer);
      digest.update(buffer.flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
