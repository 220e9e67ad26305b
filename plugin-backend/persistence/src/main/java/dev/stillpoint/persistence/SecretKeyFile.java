package dev.stillpoint.persistence;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The key that seals the passwords, in a file of 40 bytes: the text {@code SPKEY001}, then 256
 * random bits. Read anew each time, so that the key is in memory only while it is used.
 */
final class SecretKeyFile {

  private static final byte[] MAGIC = "SPKEY001".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_LENGTH = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private final SecureRandom random;

  SecretKeyFile(Path file, SecureRandom random) {
    this.file = file.toAbsolutePath();
    this.random = random;
  }

  Path file() {
    return file;
  }

  /**
   * The key, if the file is there; the caller closes it.
   *
   * @throws StillpointException PERMISSION when others may read the file; CORRUPT_DATA when it is
   *     no key; STORAGE_UNAVAILABLE when it cannot be read
   */
  Optional<SecretKey> read() {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
      refuseWhenOthersMayRead();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unavailable("cannot be read", e);
    }
    try {
      if (content.length != MAGIC.length + KEY_LENGTH
          || !Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw new StillpointException(
            ErrorKind.CORRUPT_DATA,
            "The file " + file + " is not a key of Stillpoint",
            "Put the right file back from your copy.");
      }
      return Optional.of(new SecretKey(Arrays.copyOfRange(content, MAGIC.length, content.length)));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /** Makes a new key where there is none; whole or not at all, and on the disk when it returns. */
  SecretKey create() {
    byte[] content = Arrays.copyOf(MAGIC, MAGIC.length + KEY_LENGTH);
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    System.arraycopy(key, 0, content, MAGIC.length, KEY_LENGTH);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(unfinished);
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
        ByteBuffer remaining = ByteBuffer.wrap(content);
        while (remaining.hasRemaining()) {
          channel.write(remaining);
        }
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(file.getParent())) {
        directory.force(true);
      }
      return new SecretKey(key);
    } catch (IOException e) {
      throw unavailable("cannot be made", e);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private void refuseWhenOthersMayRead() throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    permissions.retainAll(
        EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE));
    if (!permissions.isEmpty()) {
      throw new StillpointException(
          ErrorKind.PERMISSION,
          "The key file " + file + " is open to others than its owner",
          "Run: chmod 600 " + file);
    }
  }

  private StillpointException unavailable(String what, IOException e) {
    return new StillpointException(
        ErrorKind.STORAGE_UNAVAILABLE,
        "The key file " + file + " " + what + ": " + e,
        "See that the file and its directory belong to the account Stillpoint runs under.",
        e);
  }
}
