package dev.stillpoint.repository.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** Of an encrypted repository: documents are few and small, so nothing is re-used. */
final class EncryptingDocumentCipher implements DocumentCipher, AutoCloseable {

  private final SecureRandom random;
  private final DerivedKey documentKey;
  private final DerivedKey nameKey;

  EncryptingDocumentCipher(MasterKey master, SecureRandom random) {
    this.random = random;
    this.documentKey = master.derive(Purpose.DOCUMENTS, "AES");
    this.nameKey = master.derive(Purpose.NAMES, "HmacSHA256");
  }

  @Override
  public boolean encrypts() {
    return true;
  }

  @Override
  public byte[] seal(byte[] document, byte[] context) {
    byte[] sealed = new byte[document.length + AesGcm.OVERHEAD_BYTES];
    new AesGcm(random)
        .seal(documentKey, ByteBuffer.wrap(context), ByteBuffer.wrap(document), sealed, 0);
    return sealed;
  }

  @Override
  public Optional<byte[]> open(byte[] sealed, byte[] context) {
    byte[] document = new byte[Math.max(0, sealed.length - AesGcm.OVERHEAD_BYTES)];
    int length =
        new AesGcm(random)
            .open(documentKey, ByteBuffer.wrap(context), ByteBuffer.wrap(sealed), document, 0);
    return length < 0 ? Optional.empty() : Optional.of(document);
  }

  @Override
  public String fileName(byte[] text) {
    return HexFormat.of().formatHex(Macs.sha256(nameKey).doFinal(text));
  }

  @Override
  public void close() {
    documentKey.close();
    nameKey.close();
  }
}
