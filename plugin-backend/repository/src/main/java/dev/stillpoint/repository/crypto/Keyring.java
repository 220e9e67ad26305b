package dev.stillpoint.repository.crypto;

import java.security.SecureRandom;
import java.util.HexFormat;

/** All that names and seals in one repository that is open. Thread-safe; closing wipes the keys. */
public final class Keyring implements AutoCloseable {

  private final ContentCiphers content;
  private final DocumentCipher documents;
  private final Runnable wipe;

  private Keyring(ContentCiphers content, DocumentCipher documents, Runnable wipe) {
    this.content = content;
    this.documents = documents;
    this.wipe = wipe;
  }

  /** Of a repository that is not encrypted: no keys. */
  public static Keyring plain() {
    return new Keyring(ContentCiphers.plain(), new PlainDocumentCipher(), () -> {});
  }

  /**
   * Derives the keys of an encrypted repository; the master key stays the caller's.
   *
   * @param random for nonces
   */
  public static Keyring of(MasterKey master, SecureRandom random) {
    EncryptingCiphers content = new EncryptingCiphers(master, random);
    EncryptingDocumentCipher documents = new EncryptingDocumentCipher(master, random);
    return new Keyring(
        content,
        documents,
        () -> {
          content.close();
          documents.close();
        });
  }

  /**
   * What tells in the clear whether a master key is a repository's: 64 hexadecimal digits, from
   * which the key cannot be found.
   */
  public static String check(MasterKey master) {
    try (DerivedKey check = master.derive(Purpose.CHECK, "HmacSHA256")) {
      return HexFormat.of().formatHex(check.getEncoded());
    }
  }

  public ContentCiphers content() {
    return content;
  }

  public DocumentCipher documents() {
    return documents;
  }

  @Override
  public void close() {
    wipe.run();
  }
}
