package dev.stillpoint.repository.crypto;

import java.util.Optional;

/** Of a repository that is not encrypted. */
final class PlainDocumentCipher implements DocumentCipher {

  @Override
  public boolean encrypts() {
    return false;
  }

  @Override
  public byte[] seal(byte[] document, byte[] context) {
    return document;
  }

  @Override
  public Optional<byte[]> open(byte[] sealed, byte[] context) {
    return Optional.of(sealed);
  }

  @Override
  public String fileName(byte[] text) {
    return new PlainCiphers().newCipher().id(text, 0, text.length).toString();
  }
}
