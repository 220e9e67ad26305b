package dev.stillpoint.repository;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.crypto.DocumentCipher;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the manifests: one file each, read anew whenever asked. Thread-safe. */
final class ManifestStore {

  private static final String FOLDER = "points";
  private static final String MAGIC = "stillpoint-manifest";

  private final BlobStore blobs;
  private final DocumentCipher cipher;
  private final Documents documents;
  private final ManifestCodec codec = new ManifestCodec();

  ManifestStore(BlobStore blobs, DocumentCipher cipher) {
    this.blobs = blobs;
    this.cipher = cipher;
    this.documents = new Documents(blobs, cipher);
  }

  /** The commit of a restore point. When it fails, the point is not there. */
  void save(Manifest manifest) {
    BlobName name = name(manifest.id());
    try {
      documents.publish(MAGIC, name, codec.encode(manifest));
    } catch (StillpointException e) {
      try {
        // It may have appeared before the failure, and must not stay when we report one.
        blobs.delete(name);
      } catch (StillpointException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  boolean exists(RestorePointId id) {
    return blobs.exists(name(id));
  }

  Optional<Manifest> load(RestorePointId id) {
    if (!exists(id)) {
      return Optional.empty();
    }
    try {
      Manifest manifest = load(name(id));
      if (!manifest.id().equals(id)) {
        throw new StillpointException(
            ErrorKind.CORRUPT_DATA,
            "The file " + name(id) + " holds " + manifest.id() + ", not restore point " + id,
            "Restore the file from a copy of the repository.");
      }
      return Optional.of(manifest);
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        // Expired between the two looks.
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * @throws StillpointException NOT_FOUND when there is no such point or image, CORRUPT_DATA
   */
  ManifestImage image(ImageRef ref) {
    return load(ref.point()).orElseThrow(() -> noSuchPoint(ref.point())).images().stream()
        .filter(image -> image.name().equals(ref.image()))
        .findFirst()
        .orElseThrow(() -> new StillpointException(ErrorKind.NOT_FOUND, "There is no " + ref, ""));
  }

  static StillpointException noSuchPoint(RestorePointId id) {
    return new StillpointException(ErrorKind.NOT_FOUND, "There is no restore point " + id, "");
  }

  /** All manifests that can be read, oldest first; the listener hears of the others. */
  List<Manifest> loadAll(Consumer<StillpointException> unreadable) {
    List<Manifest> manifests = new ArrayList<>();
    for (BlobEntry entry : blobs.list(FOLDER)) {
      try {
        manifests.add(load(entry.name()));
      } catch (StillpointException e) {
        if (e.kind() != ErrorKind.NOT_FOUND) {
          unreadable.accept(e);
        }
      }
    }
    manifests.sort(
        Comparator.comparing(Manifest::created).thenComparing(manifest -> manifest.id().value()));
    return manifests;
  }

  int count() {
    return blobs.list(FOLDER).size();
  }

  void delete(RestorePointId id) {
    blobs.delete(name(id));
  }

  private Manifest load(BlobName name) {
    String document = documents.load(MAGIC, name);
    try {
      return codec.decode(document);
    } catch (IllegalArgumentException e) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA,
          "The file " + name + " in " + blobs.location() + " is no manifest: " + e.getMessage(),
          "Restore the file from a copy of the repository.",
          e);
    }
  }

  /**
   * An id may be any text, and two may differ in case only: the file is named by its hash, keyed
   * when encrypted.
   */
  private BlobName name(RestorePointId id) {
    ByteBuffer characters = ByteBuffer.allocate(2 * id.value().length());
    characters.asCharBuffer().put(id.value());
    return BlobName.of(FOLDER, cipher.fileName(characters.array()) + ".manifest");
  }
}
