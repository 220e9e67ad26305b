package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.repository.Manifest;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.VerifyReport;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Wording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository verify}. */
@Command(
    description = {
      "Re-reads all restore points and checks every chunk.",
      "What is damaged is named, and noted: the next import of the same data heals it. The exit code is 9"
          + " then."
    })
final class VerifyCommand implements Callable<Integer> {

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  VerifyCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Interruptible work = session.interruptible();
        Repository repository = session.open(directory)) {
      List<String> problems = new ArrayList<>(repository.findings());
      long chunks = 0;
      long bytes = 0;
      List<RestorePointId> points = repository.manifests().stream().map(Manifest::id).toList();
      for (RestorePointId point : points) {
        VerifyReport report = repository.verify(point, work.cancellation());
        report
            .problems()
            .forEach(problem -> problems.add("Restore point " + point + ": " + problem));
        chunks += report.chunksChecked();
        bytes += report.bytesRead().bytes();
      }
      answer(points.size(), chunks, bytes, problems);
      return problems.isEmpty() ? ExitCode.OK : ExitCode.CORRUPT;
    }
  }

  private void answer(int points, long chunks, long bytes, List<String> problems) {
    ObjectNode document =
        OfflineSession.newDocument()
            .put("points", points)
            .put("chunksChecked", chunks)
            .put("bytesRead", bytes)
            .put("ok", problems.isEmpty());
    ArrayNode named = document.putArray("problems");
    problems.forEach(named::add);
    session.answer(
        document,
        () -> {
          problems.forEach(problem -> session.out().println(Wording.harmless(problem)));
          session
              .out()
              .printf(
                  "%d restore points, %d chunks checked, %s read: %s%n",
                  points,
                  chunks,
                  Wording.size(bytes),
                  problems.isEmpty() ? "all sound" : "CORRUPT");
        });
  }
}
