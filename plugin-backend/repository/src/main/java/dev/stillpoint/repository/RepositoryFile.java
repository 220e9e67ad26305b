package dev.stillpoint.repository;

import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import java.time.Instant;
import java.util.Locale;

/** The file that says: this directory is a repository, of this version. */
final class RepositoryFile {

  static final String NAME = "stillpoint-repository";
  private static final BlobName BLOB = new BlobName(NAME);

  private RepositoryFile() {}

  static void write(BlobStore blobs, Instant created) {
    String document =
        String.format(
            Locale.ROOT,
            "{\n  \"created\" : \"%s\",\n  \"chunkBytes\" : %d\n}\n",
            created,
            Grid.BYTES);
    blobs.publish(BLOB, Envelope.seal(NAME, document));
  }

  /**
   * @throws dev.stillpoint.model.StillpointException NOT_FOUND, CORRUPT_DATA, or CONFLICT for an
   *     unknown version
   */
  static void check(BlobStore blobs) {
    Envelope.open(NAME, blobs.readAll(BLOB), blobs, NAME);
  }
}
