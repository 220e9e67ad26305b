package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.terminal.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository rebuild-index}. */
@Command(
    description = {
      "Throws the index away and makes it again from the packs, reading all of them.",
      "What is found damaged goes to standard error, and the exit code is 9 then."
    })
final class RebuildIndexCommand implements Callable<Integer> {

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  RebuildIndexCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Repository repository = session.open(directory)) {
      List<String> findings = rebuild(repository);
      ObjectNode document = OfflineSession.newDocument();
      ArrayNode named = document.putArray("problems");
      findings.forEach(named::add);
      session.answer(document, () -> session.out().println("The index is made again."));
      session.warn(findings);
      return findings.isEmpty() ? ExitCode.OK : ExitCode.CORRUPT;
    }
  }

  private List<String> rebuild(Repository repository) {
    try (MaintenanceProgress progress = new MaintenanceProgress(session.around())) {
      return repository.maintenance().rebuildIndex(progress);
    }
  }
}
