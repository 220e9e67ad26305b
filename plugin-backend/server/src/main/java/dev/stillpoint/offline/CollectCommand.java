package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.maintenance.CollectOptions;
import dev.stillpoint.repository.maintenance.CollectReport;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Wording;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository collect}. */
@Command(
    description = {
      "Gives back the space of what no restore point needs any more.",
      "Nothing is deleted when a restore point cannot be read: nobody knows then what it needs."
    })
final class CollectCommand implements Callable<Integer> {

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  CollectCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CollectOptions options =
        dryRun ? CollectOptions.standard().asDryRun() : CollectOptions.standard();
    try (Interruptible work = session.interruptible();
        Repository repository = session.open(directory)) {
      answer(collect(repository, options, work));
    }
    return ExitCode.OK;
  }

  private CollectReport collect(Repository repository, CollectOptions options, Interruptible work) {
    try (MaintenanceProgress progress = new MaintenanceProgress(session.around())) {
      return repository.maintenance().collect(options, work.cancellation(), progress);
    }
  }

  private void answer(CollectReport report) {
    ObjectNode document =
        OfflineSession.newDocument()
            .put("dryRun", report.dryRun())
            .put("packsExamined", report.packsExamined())
            .put("packsDeleted", report.packsDeleted())
            .put("packsRewritten", report.packsRewritten())
            .put("bytesBefore", report.before().bytes())
            .put("bytesAfter", report.after().bytes())
            .put("bytesWaiting", report.waiting().bytes())
            .put("bytesReclaimable", report.reclaimable().bytes())
            .put("seconds", report.duration().toMillis() / 1000.0);
    ArrayNode reasons = document.putArray("reasons");
    report.reasons().forEach(reasons::add);
    session.answer(
        document,
        () -> {
          report.reasons().forEach(reason -> session.out().println(Wording.harmless(reason)));
          session
              .out()
              .printf(
                  "%s before, %s %s, in %s%n",
                  report.before(),
                  report.after(),
                  report.dryRun() ? "would be left" : "now",
                  Wording.duration(report.duration()));
        });
  }
}
