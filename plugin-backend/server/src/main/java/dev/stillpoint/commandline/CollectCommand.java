package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.ExitCode;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stillpoint collect}. */
@Command(
    description = {
      "Has the server give back the space of what no restore point needs any more.",
      "Backups and restores go on meanwhile. It waits for the end; Ctrl-C ends the waiting only."
    })
final class CollectCommand implements Callable<Integer> {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Session session;

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  @Option(names = "--no-wait", description = "Only begin it.")
  private boolean noWait;

  @Option(names = "--cancel", description = "Stop the one that runs; what it has done stays done.")
  private boolean cancel;

  CollectCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Api api = session.api();
    Answer answer =
        cancel
            ? api.delete("/repository/collection")
            : api.post("/repository/collection", api.newBody().put("dryRun", dryRun));
    while (!noWait && answer.document().path("running").isObject()) {
      session.around().waiter().await(INTERVAL);
      answer = api.get("/repository/collection");
    }
    session.answer(answer, now -> RepositoryStatusCommand.print(session, now.document()));
    JsonNode last = answer.document().path("last");
    boolean failed = !cancel && !noWait && last.path("problem").isObject();
    return failed ? ExitCode.RUN_FAILED : ExitCode.OK;
  }
}
