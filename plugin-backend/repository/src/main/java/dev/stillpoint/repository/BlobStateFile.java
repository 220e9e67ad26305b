package dev.stillpoint.repository;

import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.maintenance.StateFile;
import java.util.Optional;

/**
 * A document of the maintenance, in the repository's first folder.
 *
 * @param name of the file, which with {@code stillpoint-} before it is its magic too
 */
record BlobStateFile(BlobStore blobs, Documents documents, String name) implements StateFile {

  @Override
  public Optional<String> load() {
    BlobName blob = new BlobName(name);
    return blobs.exists(blob) ? Optional.of(documents.load(magic(), blob)) : Optional.empty();
  }

  @Override
  public void publish(String document) {
    documents.publish(magic(), new BlobName(name), document);
  }

  private String magic() {
    return "stillpoint-" + name;
  }
}
