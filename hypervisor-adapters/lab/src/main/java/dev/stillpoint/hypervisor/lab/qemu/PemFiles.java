package dev.stillpoint.hypervisor.lab.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A key and its chain of certificates in PEM. Not a record: the key must not be printed. */
public final class PemFiles {
  private final String key;
  private final String chain;

  public PemFiles(String key, String chain) {
    this.key = key;
    this.chain = chain;
  }

  /** Writes both into a directory and returns the daemon's settings for them. */
  String write(Path directory) throws IOException {
    Path keyFile = directory.resolve("host.key");
    Path chainFile = directory.resolve("host.pem");
    Files.createFile(
        keyFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(keyFile, key);
    Files.writeString(chainFile, chain);
    return "enable = true\nkey_file = "
        + keyFile
        + "\ncert_file = "
        + chainFile
        + "\nca_file = "
        + chainFile;
  }
}
