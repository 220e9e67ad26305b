package dev.stillpoint.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.crypto.Keyring;
import dev.stillpoint.repository.crypto.MasterKey;
import dev.stillpoint.repository.format.JsonText;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The file that says: this directory is a repository, of this version.
 *
 * @param id names the repository for ever, wherever it is moved
 * @param created when it was made
 * @param keyCheck tells its master key from others, see {@link Keyring#check}; empty when it is not
 *     encrypted
 */
record RepositoryFile(UUID id, Instant created, Optional<String> keyCheck) {

  static final String NAME = "stillpoint-repository";
  private static final BlobName BLOB = new BlobName(NAME);
  private static final String NO_ENCRYPTION = "none";
  private static final String ENCRYPTION = "aes-256-gcm";

  RepositoryFile {
    requireNonNull(id, "id");
    requireNonNull(created, "created");
    requireNonNull(keyCheck, "keyCheck");
  }

  boolean encrypted() {
    return keyCheck.isPresent();
  }

  /** Whether this is the master key of the repository. */
  boolean accepts(MasterKey master) {
    byte[] check = Keyring.check(master).getBytes(US_ASCII);
    return keyCheck.filter(c -> MessageDigest.isEqual(c.getBytes(US_ASCII), check)).isPresent();
  }

  void write(BlobStore blobs) {
    ObjectNode json = JsonText.newObject();
    json.put("repository", id.toString());
    json.put("created", created.toString());
    json.put("chunkBytes", Grid.BYTES);
    json.put("encryption", encrypted() ? ENCRYPTION : NO_ENCRYPTION);
    keyCheck.ifPresent(check -> json.put("keyCheck", check));
    blobs.publish(BLOB, Envelope.seal(NAME, JsonText.pretty(json) + "\n"));
  }

  /**
   * @throws StillpointException NOT_FOUND, CORRUPT_DATA, or CONFLICT for an unknown version, grid
   *     or encryption
   */
  static RepositoryFile read(BlobStore blobs) {
    String document = Envelope.open(NAME, blobs.readAll(BLOB), blobs, NAME);
    try {
      JsonNode json = JsonText.parse(document);
      requireKnown(blobs, "chunkBytes", json, String.valueOf(Grid.BYTES));
      boolean encrypted = !json.path("encryption").asText().equals(NO_ENCRYPTION);
      if (encrypted) {
        requireKnown(blobs, "encryption", json, ENCRYPTION);
      }
      return new RepositoryFile(
          UUID.fromString(json.required("repository").asText()),
          Instant.parse(json.required("created").asText()),
          encrypted ? Optional.of(json.required("keyCheck").asText()) : Optional.empty());
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA,
          "The file " + NAME + " in " + blobs.location() + " says no repository: " + e.getMessage(),
          "Restore the file from a copy of the repository.",
          e);
    }
  }

  private static void requireKnown(BlobStore blobs, String field, JsonNode json, String known) {
    String found = json.required(field).asText();
    if (!found.equals(known)) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The repository "
              + blobs.location()
              + " has "
              + field
              + " "
              + found
              + ", this Stillpoint reads "
              + known,
          "Use the Stillpoint that wrote it, or a newer one.");
    }
  }
}
