package dev.stillpoint.repository.index;

public record IndexSettings(int pendingLimit) {
  public static IndexSettings standard() {
    return new IndexSettings(1 << 18);
  }
}
