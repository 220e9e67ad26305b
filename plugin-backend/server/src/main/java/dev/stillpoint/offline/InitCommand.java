package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Wording;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository init}. */
@Command(description = "Makes an empty repository in a new or empty directory.")
final class InitCommand implements Callable<Integer> {

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "A new or an empty directory.")
  private Path directory = Path.of("");

  InitCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Repository.create(directory, session.around().clock()).close();
    ObjectNode document =
        OfflineSession.newDocument().put("directory", directory.toAbsolutePath().toString());
    session.answer(
        document,
        () ->
            session
                .out()
                .println("The repository " + Wording.harmless(directory.toString()) + " is made."));
    return ExitCode.OK;
  }
}
