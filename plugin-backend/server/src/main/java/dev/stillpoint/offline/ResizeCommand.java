package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.SpaceReport;
import dev.stillpoint.terminal.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository resize}. */
@Command(
    description = {
      "Sets the reserve: the disk that is claimed for backups.",
      "Refused when more is used already, or the disk has not enough left; nothing has changed then."
    })
final class ResizeCommand implements Callable<Integer> {

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "SIZE", description = "The new reserve, like 50GiB.")
  private String size = "";

  ResizeCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ByteCount reserve = ByteCount.parse(size);
    try (Repository repository = session.open(directory)) {
      repository.resize(reserve);
      SpaceReport space = repository.space();
      ObjectNode document =
          OfflineSession.newDocument()
              .put("bytesReserve", reserve.bytes())
              .put("bytesUsed", space.used().bytes())
              .put("bytesFree", space.free().bytes());
      session.answer(
          document,
          () ->
              session
                  .out()
                  .printf(
                      "The reserve is %s: %s used, %s free.%n",
                      reserve, space.used(), space.free()));
    }
    return ExitCode.OK;
  }
}
