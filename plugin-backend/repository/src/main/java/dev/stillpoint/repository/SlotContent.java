package dev.stillpoint.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.stillpoint.repository.crypto.KeyWrap;
import dev.stillpoint.repository.crypto.PassphraseCost;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/**
 * What a slot file says: a repository's master key under a passphrase.
 *
 * @param repository whose master key it is
 * @param salt of Argon2id, 32 hexadecimal digits
 * @param wrapped the sealed master key, 120 hexadecimal digits
 */
record SlotContent(
    UUID repository,
    String label,
    Instant created,
    PassphraseCost cost,
    String salt,
    String wrapped) {

  SlotContent {
    requireNonNull(repository, "repository");
    requireNonNull(label, "label");
    requireNonNull(created, "created");
    requireNonNull(cost, "cost");
    requireLength(salt, KeyWrap.SALT_BYTES);
    requireLength(wrapped, KeyWrap.WRAPPED_BYTES);
  }

  byte[] saltBytes() {
    return HexFormat.of().parseHex(salt);
  }

  byte[] wrappedBytes() {
    return HexFormat.of().parseHex(wrapped);
  }

  byte[] context() {
    return context(repository, label, created, cost);
  }

  /** All that is readable in a slot, authenticated together with the key. */
  static byte[] context(UUID repository, String label, Instant created, PassphraseCost cost) {
    return String.format(
            Locale.ROOT,
            "stillpoint-key-slot 1\n%s\n%s\n%d %d %d\n%s",
            repository,
            created,
            cost.memoryKib(),
            cost.passes(),
            cost.lanes(),
            label)
        .getBytes(UTF_8);
  }

  private static void requireLength(String hex, int bytes) {
    if (HexFormat.of().parseHex(hex).length != bytes) {
      throw new IllegalArgumentException("Not " + bytes + " bytes: '" + hex + "'");
    }
  }
}
