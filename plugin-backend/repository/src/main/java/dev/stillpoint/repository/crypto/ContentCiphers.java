package dev.stillpoint.repository.crypto;

/** The ciphers of one repository, one for each thread. Thread-safe. */
public interface ContentCiphers {

  ContentCipher newCipher();

  boolean encrypts();

  /** SHA-256 and no encryption. */
  static ContentCiphers plain() {
    return new PlainCiphers();
  }
}
