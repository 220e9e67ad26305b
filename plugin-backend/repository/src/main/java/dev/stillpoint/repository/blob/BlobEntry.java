package dev.stillpoint.repository.blob;

import static java.util.Objects.requireNonNull;

/**
 * One line of a listing.
 *
 * @param name the blob
 * @param sizeBytes its length when it was listed
 */
public record BlobEntry(BlobName name, long sizeBytes) {

  public BlobEntry {
    requireNonNull(name, "name");
  }
}
