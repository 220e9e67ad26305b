package dev.stillpoint.repository;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that takes every byte a disk has, again and again, until it is killed. */
final class DiskFiller {

  private DiskFiller() {}

  static Process start(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-cp",
            System.getProperty("java.class.path"),
            DiskFiller.class.getName(),
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] arguments) throws IOException {
    byte[] block = new byte[64 * 1024];
    try (FileOutputStream file = new FileOutputStream(arguments[0])) {
      for (int length = block.length; ; ) {
        length = write(file, block, length) ? block.length : Math.max(512, length / 2);
      }
    }
  }

  private static boolean write(FileOutputStream file, byte[] block, int length) {
    try {
      file.write(block, 0, length);
      return true;
    } catch (IOException full) {
      return false;
    }
  }
}
