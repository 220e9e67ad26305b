package dev.stillpoint.repository.crypto;

import java.util.Optional;

/** Seals the small documents of one repository and keys their file names. Thread-safe. */
public interface DocumentCipher {

  boolean encrypts();

  /**
   * Seals a document; without encryption returns it as it is.
   *
   * @param context is authenticated and not kept: where the document belongs. The same must be
   *     given to {@link #open}
   */
  byte[] seal(byte[] document, byte[] context);

  /** The document; empty when it or its context was changed or another key sealed it. */
  Optional<byte[]> open(byte[] sealed, byte[] context);

  /** 64 hexadecimal digits: the SHA-256 of the text's bytes, keyed when encrypted. */
  String fileName(byte[] text);
}
