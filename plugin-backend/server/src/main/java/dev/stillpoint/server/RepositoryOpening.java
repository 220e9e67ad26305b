package dev.stillpoint.server;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.Passphrase;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.RepositoryKey;
import dev.stillpoint.repository.RepositoryOptions;
import dev.stillpoint.server.configuration.Configuration;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Opens the server's repository, or makes it at the first start; encrypted where there is a key.
 */
final class RepositoryOpening {

  private RepositoryOpening() {}

  /**
   * A repository that was there before is never made anew: its disk may just not be mounted.
   *
   * @param first whether nothing was ever backed up
   * @throws StillpointException as {@link Repository#open} and {@link Repository#create};
   *     PERMISSION for a key that is missing or is not the repository's
   */
  static Repository open(Configuration configuration, boolean first, InstantSource clock) {
    Path directory = configuration.repository();
    if (!first || Repository.exists(directory)) {
      return openExisting(configuration, clock);
    }
    RepositoryOptions standard = RepositoryOptions.standard();
    RepositoryOptions options = configuration.reserve().map(standard::withReserve).orElse(standard);
    try {
      return create(configuration, clock, options);
    } catch (StillpointException e) {
      throw e.kind() == ErrorKind.OUT_OF_SPACE
          ? new StillpointException(
              e.kind(), e.getMessage(), "Make room on the disk, or lower repository.reserve.", e)
          : e;
    }
  }

  private static Repository create(
      Configuration configuration, InstantSource clock, RepositoryOptions options) {
    if (configuration.keyFile().isEmpty()) {
      return Repository.create(configuration.repository(), clock, options);
    }
    try (Passphrase key = Passphrase.read(configuration.keyFile().get())) {
      return Repository.create(configuration.repository(), clock, options, key);
    }
  }

  private static Repository openExisting(Configuration configuration, InstantSource clock) {
    try (RepositoryKey key =
        configuration.keyFile().isPresent()
            ? Passphrase.read(configuration.keyFile().get())
            : RepositoryKey.none()) {
      return Repository.open(configuration.repository(), clock, key);
    } catch (StillpointException e) {
      throw e.kind() == ErrorKind.PERMISSION && configuration.keyFile().isEmpty()
          ? new StillpointException(
              e.kind(),
              e.getMessage(),
              "Name the file with its passphrase in the configuration: repository.key-file.",
              e)
          : e;
    }
  }
}
