package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.Passphrase;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.RepositoryOptions;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository init}. */
@Command(
    description = {
      "Makes an empty repository in a new or empty directory.",
      "With --encrypt and a --key-file that is not there, a random passphrase is written into it."
    })
final class InitCommand implements Callable<Integer> {

  private static final String NO_RESERVE = "none";

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "A new or an empty directory.")
  private Path directory = Path.of("");

  @Option(
      names = "--reserve",
      defaultValue = "20GiB",
      paramLabel = "SIZE",
      description =
          "Disk to claim for backups, so that nothing else can take it: ${DEFAULT-VALUE}. With none the"
              + " repository takes what it needs.")
  private String reserve = "";

  @Option(
      names = "--encrypt",
      description = "Encrypt what is stored; needs --key-file. Cannot be changed later.")
  private boolean encrypt;

  InitCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RepositoryOptions options =
        reserve.equals(NO_RESERVE)
            ? RepositoryOptions.standard()
            : RepositoryOptions.standard().withReserve(ByteCount.parse(reserve));
    if (encrypt == session.keys().keyFile().isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "An encrypted repository needs a key file, and only that one does",
          "Give both --encrypt and --key-file, or neither.");
    }
    if (encrypt) {
      encrypted(options);
    } else {
      Repository.create(directory, session.around().clock(), options).close();
      answer(options.reserve(), Optional.empty());
    }
    return ExitCode.OK;
  }

  private void encrypted(RepositoryOptions options) {
    KeyFile key = KeyFile.readyToRead(Path.of(session.keys().keyFile()), session.around().random());
    try (Passphrase passphrase = key.passphrase()) {
      Repository.create(directory, session.around().clock(), options, passphrase).close();
    } catch (StillpointException e) {
      key.discard();
      throw e;
    }
    answer(options.reserve(), Optional.of(key));
  }

  private void answer(Optional<ByteCount> claimed, Optional<KeyFile> key) {
    ObjectNode document =
        OfflineSession.newDocument()
            .put("directory", directory.toAbsolutePath().toString())
            .put("bytesReserve", claimed.map(ByteCount::bytes).orElse(0L))
            .put("encrypted", key.isPresent())
            .put("keyFileMade", key.filter(KeyFile::isMade).isPresent());
    session.answer(document, () -> print(claimed, key));
  }

  private void print(Optional<ByteCount> claimed, Optional<KeyFile> key) {
    PrintWriter out = session.out();
    String where = Wording.harmless(directory.toString());
    String reserved = claimed.map(size -> ", with " + size + " claimed").orElse("");
    out.println("The repository " + where + " is made" + reserved + ".");
    if (key.isPresent()) {
      String file = Wording.harmless(key.get().path().toString());
      out.println(
          key.get().isMade()
              ? "A random passphrase was written into " + file + "."
              : "The passphrase is what " + file + " holds.");
      out.println("Without it, or the key sheet, nobody can read a backup again. Print the sheet:");
      out.println("  stillpoint repository keys " + where + " sheet --key-file " + file);
    }
  }
}
