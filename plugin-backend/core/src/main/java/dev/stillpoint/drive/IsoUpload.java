package dev.stillpoint.drive;

import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Moves an image onto its disk in one pass and reads it back; memory for one piece. */
final class IsoUpload {

  private static final int PIECE_BYTES = 4 << 20;

  private final Iso iso;
  private final DiskWriter writer;
  private final byte[] piece = new byte[PIECE_BYTES];

  IsoUpload(Iso iso, DiskWriter writer) {
    this.iso = iso;
    this.writer = writer;
  }

  /**
   * Writes, flushes, compares, ends the transfer.
   *
   * @return the SHA-256 of the image, in hex
   */
  String run() {
    String read = write();
    if (iso.sha256().filter(announced -> !announced.equals(read)).isPresent()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The content of " + iso.name() + " is not the one whose SHA-256 was given",
          "Was the file changed meanwhile? Insert it again.");
    }
    writer.flush();
    if (!written().equals(read)) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA,
          "The disk of " + iso.name() + " reads back differently from what was written",
          "Check the storage, then insert it again.");
    }
    writer.finish();
    return read;
  }

  private String write() {
    MessageDigest digest = sha256();
    long size = iso.size().bytes();
    try (InputStream in = iso.content().open()) {
      for (long at = 0; at < size; at += piece.length) {
        int length = (int) Math.min(piece.length, size - at);
        if (in.readNBytes(piece, 0, length) < length) {
          throw wrongLength("ends before");
        }
        digest.update(piece, 0, length);
        writer.write(at, ByteBuffer.wrap(piece, 0, length));
      }
      if (in.read() >= 0) {
        throw wrongLength("goes on after");
      }
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.CANCELLED,
          "The content of " + iso.name() + " broke off: " + e.getMessage(),
          "Insert it again.",
          e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private StillpointException wrongLength(String how) {
    return new StillpointException(
        ErrorKind.BAD_REQUEST,
        "The content of " + iso.name() + " " + how + " the " + iso.size() + " announced",
        "Was the file changed meanwhile? Insert it again.");
  }

  private String written() {
    MessageDigest digest = sha256();
    long size = iso.size().bytes();
    for (long at = 0; at < size; at += piece.length) {
      int length = (int) Math.min(piece.length, size - at);
      writer.readBack(at, ByteBuffer.wrap(piece, 0, length));
      digest.update(piece, 0, length);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
