package dev.stillpoint.commandline;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint runs …}. */
@Command(description = "Backups and restores: waiting, running and past.")
final class RunsCommand {

  private final Session session;

  RunsCommand(Session session) {
    this.session = session;
  }

  @Command(description = "Lists the runs, the newest first.")
  int list(
      @Option(
              names = "--limit",
              defaultValue = "50",
              paramLabel = "N",
              description = "How many at most: ${DEFAULT-VALUE}.")
          int limit) {
    Answer runs = session.api().get("/runs" + Api.query("limit", String.valueOf(limit)));
    return session.answer(runs, shown -> session.runReport().list(shown.items()));
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
