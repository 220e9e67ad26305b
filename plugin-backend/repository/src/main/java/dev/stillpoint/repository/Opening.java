package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.crypto.PassphraseCost;
import dev.stillpoint.repository.reserve.ReservedBlobStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and opens repositories in any blob store. */
final class Opening {

  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  private Opening() {}

  /** Makes a repository in an empty blob store. */
  static Repository create(
      BlobStore blobs,
      InstantSource clock,
      RepositoryOptions options,
      Function<BlobStore, RepositoryKeys> keys,
      Host host) {
    ReservedBlobStore reserved =
        ReservedBlobStore.open(blobs, Optional.empty(), host.settings().packBytes());
    // An earlier creation that was cut off may have left one.
    ReserveFile.write(reserved, Optional.empty());
    options.reserve().ifPresent(size -> ReserveFile.resize(reserved, size));
    return opened(reserved, clock, host, keys.apply(reserved));
  }

  /** Opens what lies in any blob store that holds a repository. */
  static Repository open(BlobStore blobs, InstantSource clock, RepositoryKey key, Host host) {
    RepositoryKeys keys = RepositoryKeys.unlock(blobs, clock, key, PassphraseCost.standard());
    ReservedBlobStore reserved =
        ReservedBlobStore.open(blobs, reserveOf(blobs), host.settings().packBytes());
    Repository repository = opened(reserved, clock, host, keys);
    LOG.info(
        "Opened repository={} id={} encrypted={} used={}",
        blobs.location(),
        keys.file().id(),
        keys.file().encrypted(),
        repository.space().used());
    return repository;
  }

  /** Takes the keys over, whatever happens. */
  private static Repository opened(
      ReservedBlobStore blobs, InstantSource clock, Host host, RepositoryKeys keys) {
    try {
      return new Repository(blobs, clock, host, keys);
    } catch (RuntimeException | Error e) {
      keys.close();
      throw e;
    }
  }

  /** A damaged file must keep nobody from his data: it counts as none until it is set again. */
  private static Optional<ByteCount> reserveOf(BlobStore blobs) {
    try {
      return ReserveFile.read(blobs);
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA) {
        throw e;
      }
      LOG.error("The repository is opened without a reserve: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
