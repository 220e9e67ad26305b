package dev.stillpoint.repository.format;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a chunk or of a disk map's node; {@link #HOLE} stands for zeroes. Immutable. */
public final class ChunkId {

  public static final int BYTES = 32;

  /** Not a hash: marks a range that reads as zeroes and is stored nowhere. */
  public static final ChunkId HOLE = new ChunkId(0, 0, 0, 0);

  private final long a;
  private final long b;
  private final long c;
  private final long d;

  public ChunkId(long a, long b, long c, long d) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  /** Hashes content. */
  public static ChunkId of(byte[] content, int offset, int length) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(content, offset, length);
      return read(ByteBuffer.wrap(sha256.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Takes the next 32 bytes. */
  public static ChunkId read(ByteBuffer from) {
    return new ChunkId(from.getLong(), from.getLong(), from.getLong(), from.getLong());
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it is not 64 hexadecimal digits
   */
  public static ChunkId parse(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("Not a chunk id: '" + hex + "'");
    }
    return read(ByteBuffer.wrap(bytes));
  }

  /** Puts 32 bytes. */
  public void write(ByteBuffer into) {
    into.putLong(a).putLong(b).putLong(c).putLong(d);
  }

  public boolean isHole() {
    return equals(HOLE);
  }

  public long word(int number) {
    return switch (number) {
      case 0 -> a;
      case 1 -> b;
      case 2 -> c;
      case 3 -> d;
      default -> throw new IllegalArgumentException("A chunk id has four words, not " + number);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChunkId id && a == id.a && b == id.b && c == id.c && d == id.d;
  }

  /** The id is a hash: any of its bits are as good as a mixture of all. */
  @Override
  public int hashCode() {
    return (int) a;
  }

  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    write(bytes);
    return HexFormat.of().formatHex(bytes.array());
  }
}
