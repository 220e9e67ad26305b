package dev.stillpoint.repository;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.crypto.DocumentCipher;
import java.util.Base64;

/**
 * Keeps JSON documents in envelopes. In an encrypted repository the envelope holds the Base64 of
 * the sealed document, which is bound to the file's magic and name. Thread-safe.
 */
final class Documents {

  private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(76, "\n".getBytes(UTF_8));

  private final BlobStore blobs;
  private final DocumentCipher cipher;

  Documents(BlobStore blobs, DocumentCipher cipher) {
    this.blobs = blobs;
    this.cipher = cipher;
  }

  /** Makes the document appear at once, durably. */
  void publish(String magic, BlobName name, String document) {
    blobs.publish(
        name, Envelope.seal(magic, cipher.encrypts() ? seal(magic, name, document) : document));
  }

  /**
   * @throws StillpointException NOT_FOUND, CORRUPT_DATA, or CONFLICT for an unknown version
   */
  String load(String magic, BlobName name) {
    String body = Envelope.open(magic, blobs.readAll(name), blobs, name.value());
    return cipher.encrypts() ? open(magic, name, body) : body;
  }

  private String seal(String magic, BlobName name, String document) {
    byte[] sealed = cipher.seal(document.getBytes(UTF_8), context(magic, name));
    return ENCODER.encodeToString(sealed) + "\n";
  }

  private String open(String magic, BlobName name, String body) {
    try {
      byte[] sealed = Base64.getDecoder().decode(body.replace("\n", ""));
      return new String(
          cipher.open(sealed, context(magic, name)).orElseThrow(() -> changed(name)), UTF_8);
    } catch (IllegalArgumentException e) {
      StillpointException changed = changed(name);
      changed.addSuppressed(e);
      throw changed;
    }
  }

  private static byte[] context(String magic, BlobName name) {
    return (magic + " " + name).getBytes(UTF_8);
  }

  private StillpointException changed(BlobName name) {
    return new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "The file " + name + " in " + blobs.location() + " was not sealed by this repository",
        "Restore the file from a copy of the repository.");
  }
}
