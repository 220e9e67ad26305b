package dev.stillpoint.repository;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.JsonText;
import dev.stillpoint.repository.reserve.ReservedBlobStore;
import java.util.Locale;
import java.util.Optional;

/** The file that says how large the reserve is; there is none where only the disk is the limit. */
final class ReserveFile {

  static final String NAME = "reserve";
  private static final BlobName BLOB = new BlobName(NAME);
  private static final String MAGIC = "stillpoint-reserve";

  private ReserveFile() {}

  /** Writes the size, or removes the file where there is none. */
  static void write(BlobStore blobs, Optional<ByteCount> size) {
    if (size.isPresent()) {
      String document = String.format(Locale.ROOT, "{\n  \"bytes\" : %d\n}\n", size.get().bytes());
      blobs.publish(BLOB, Envelope.seal(MAGIC, document));
    } else {
      blobs.delete(BLOB);
    }
  }

  /**
   * @throws StillpointException CORRUPT_DATA, or CONFLICT for an unknown version
   */
  static Optional<ByteCount> read(BlobStore blobs) {
    if (!blobs.exists(BLOB)) {
      return Optional.empty();
    }
    String document = Envelope.open(MAGIC, blobs.readAll(BLOB), blobs, NAME);
    try {
      JsonNode bytes = JsonText.parse(document).path("bytes");
      if (bytes.canConvertToLong() && bytes.isIntegralNumber() && bytes.longValue() >= 0) {
        return Optional.of(ByteCount.ofBytes(bytes.longValue()));
      }
    } catch (JsonProcessingException e) {
      throw damaged(blobs, e.getOriginalMessage());
    }
    throw damaged(blobs, "it says no number of bytes");
  }

  private static StillpointException damaged(BlobStore blobs, String why) {
    return new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "The file " + NAME + " in " + blobs.location() + " cannot be understood: " + why,
        "Set the reserve again.");
  }

  /** Claims or gives back space and records it; errors as of {@code Reserve.resize}. */
  static void resize(ReservedBlobStore blobs, ByteCount size) {
    blobs.reserve().resize(size, written -> write(blobs, written));
  }
}
