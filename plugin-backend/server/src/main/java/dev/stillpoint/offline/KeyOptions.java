package dev.stillpoint.offline;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.KeySheet;
import dev.stillpoint.repository.Passphrase;
import dev.stillpoint.repository.RepositoryKey;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code stillpoint repository} itself, with what opens an encrypted repository. */
@Command(
    description = {
      "Works on a repository's directory itself.",
      "Needs no server, no database and no manager. One program at a time has a repository open, so a"
          + " server that uses it must be stopped."
    })
final class KeyOptions {

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      defaultValue = "",
      scope = ScopeType.INHERIT,
      description = "The file with a passphrase of an encrypted repository.")
  private String keyFile = "";

  @Option(
      names = "--key-sheet",
      paramLabel = "FILE",
      defaultValue = "",
      scope = ScopeType.INHERIT,
      description = "Instead of a passphrase: the lines of the printed key sheet, typed back.")
  private String keySheet = "";

  /** Empty when none was given. */
  String keyFile() {
    return keyFile;
  }

  /** What was given; the caller closes it. */
  RepositoryKey read() {
    if (!keyFile.isEmpty() && !keySheet.isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "A passphrase and a key sheet were given",
          "Give --key-file or --key-sheet.");
    }
    if (!keySheet.isEmpty()) {
      return KeySheet.read(Path.of(keySheet));
    }
    return keyFile.isEmpty() ? RepositoryKey.none() : Passphrase.read(Path.of(keyFile));
  }
}
