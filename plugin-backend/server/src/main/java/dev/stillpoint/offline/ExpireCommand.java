package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.repository.Manifest;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository expire}. */
@Command(
    description = {
      "Forgets restore points.",
      "When one of them is not there, none is forgotten. A later collection gives the space back."
    })
final class ExpireCommand implements Callable<Integer> {

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "POINT",
      description = "Ids of restore points, or latest:VM.")
  private List<String> points = new ArrayList<>();

  ExpireCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Repository repository = session.open(directory)) {
      PointFinder finder = new PointFinder(repository, directory);
      List<RestorePointId> ids =
          points.stream().map(finder::point).map(Manifest::id).distinct().toList();
      ids.forEach(repository::expire);
      ObjectNode document = OfflineSession.newDocument();
      ArrayNode expired = document.putArray("expired");
      ids.forEach(id -> expired.add(id.value()));
      session.answer(document, () -> ids.forEach(id -> session.out().println("Expired " + id)));
    }
    return ExitCode.OK;
  }
}
