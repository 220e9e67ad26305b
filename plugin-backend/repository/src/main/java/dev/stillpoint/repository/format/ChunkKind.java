package dev.stillpoint.repository.format;

/** What a record of a pack holds. */
public enum ChunkKind {
  /** 64 KiB of a disk. */
  DATA(1),
  /** A node of a disk map. */
  NODE(2);

  private final byte code;

  ChunkKind(int code) {
    this.code = (byte) code;
  }

  public byte code() {
    return code;
  }
}
