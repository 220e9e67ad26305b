package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.VerifySummary;
import dev.stillpoint.repository.maintenance.Sample;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Wording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository verify}. */
@Command(
    description = {
      "Re-reads what the restore points need and checks every chunk.",
      "What is damaged is named, and noted: the next import of the same data heals it. The exit code is 9"
          + " then."
    })
final class VerifyCommand implements Callable<Integer> {

  private static final int ALL = 100;

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  @Option(
      names = "--sample",
      defaultValue = "100",
      paramLabel = "PERCENT",
      description = "Read only so much of the data, 1 to 100; other chunks each time.")
  private int percent;

  VerifyCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (percent < 1 || percent > ALL) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          percent + " percent cannot be read",
          "Give --sample a number from 1 to 100.");
    }
    try (Interruptible work = session.interruptible();
        Repository repository = session.open(directory)) {
      List<String> problems = new ArrayList<>(repository.findings());
      VerifySummary summary = verify(repository, work);
      summary.problems().stream().filter(p -> !problems.contains(p)).forEach(problems::add);
      answer(summary, problems);
      return problems.isEmpty() ? ExitCode.OK : ExitCode.CORRUPT;
    }
  }

  private VerifySummary verify(Repository repository, Interruptible work) {
    Sample sample =
        percent == ALL
            ? Sample.everything()
            : new Sample(percent, session.around().random().nextLong());
    try (MaintenanceProgress progress = new MaintenanceProgress(session.around())) {
      return repository.maintenance().verifyAll(sample, work.cancellation(), progress);
    }
  }

  private void answer(VerifySummary summary, List<String> problems) {
    ObjectNode document =
        OfflineSession.newDocument()
            .put("points", summary.points())
            .put("samplePercent", summary.samplePercent())
            .put("chunksChecked", summary.chunksChecked())
            .put("bytesRead", summary.bytesRead().bytes())
            .put("seconds", summary.duration().toMillis() / 1000.0)
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
                  "%d restore points, %d chunks checked, %s read in %s: %s%n",
                  summary.points(),
                  summary.chunksChecked(),
                  summary.bytesRead(),
                  Wording.duration(summary.duration()),
                  problems.isEmpty() ? "all sound" : "CORRUPT");
        });
  }
}
