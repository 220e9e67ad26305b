package dev.stillpoint.commandline;

import dev.stillpoint.terminal.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint runs …}. */
@Command(description = "Backups and restores: waiting, running and past.")
final class RunsCommand {

  private final Session session;

  RunsCommand(Session session) {
    this.session = session;
  }

  @Command(description = "Lists the runs, the newest first; --sort time, read, stored.")
  int list(
      @Mixin RunFilterOptions filter,
      @Option(
              names = "--days",
              defaultValue = "0",
              paramLabel = "N",
              description = "Only of the last N days.")
          int days,
      @Option(
              names = "--csv",
              description = "A table for spreadsheets: all of them, a row for each VM.")
          boolean csv) {
    String from =
        days > 0 ? session.around().clock().instant().minus(Duration.ofDays(days)).toString() : "";
    String path = "/runs" + filter.query(from);
    if (csv) {
      session.out().print(session.api().text(path, "text/csv"));
      return ExitCode.OK;
    }
    return session.answer(
        session.api().get(path),
        shown -> {
          session.runReport().list(shown.items());
          PageOptions.printNext(session.out(), shown.document());
        });
  }

  @Command(description = "Shows one run with every VM and disk.")
  int show(@Parameters(paramLabel = "RUN", description = "Its id.") String run) {
    return session.answer(
        session.api().get(Api.path("runs", run)),
        shown -> session.runReport().one(shown.document()));
  }

  @Command(description = "Cancels a run. What it made on the manager is released.")
  int cancel(@Parameters(paramLabel = "RUN", description = "Its id.") String run) {
    return session.answer(
        session.api().post(Api.path("runs", run, "cancel")),
        told -> session.out().println("Run " + run + " is told to stop."));
  }

  @Command(description = "Lists what runs and what waits, in its order.")
  int queue() {
    return session.answer(
        session.api().get("/queue"), shown -> session.runReport().queue(shown.items()));
  }

  @Command(
      description = {
        "Does again what failed in a run, or was cancelled.",
        "Waits for the end; Ctrl-C ends the waiting, not the run."
      })
  int rerun(
      @Parameters(paramLabel = "RUN", description = "Its id.") String run,
      @Option(names = "--no-wait", description = "Only put the run into the queue.")
          boolean noWait) {
    Api api = session.api();
    return session.runAccepted(api, api.post(Api.path("runs", run, "rerun")), !noWait);
  }

  @Command(description = "Waits for a run's end. Ctrl-C ends the waiting, not the run.")
  int watch(@Parameters(paramLabel = "RUN", description = "Its id.") String run) {
    return session.watched(new RunWatcher(session.api(), session.around()).watch(run));
  }
}
