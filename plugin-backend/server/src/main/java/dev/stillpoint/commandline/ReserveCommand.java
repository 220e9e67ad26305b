package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.terminal.Wording;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stillpoint reserve}. */
@Command(
    description = {
      "Shows the disk space that belongs to the repository, or resizes it at once.",
      "It is refused where more is used, or the disk has not enough left."
    })
final class ReserveCommand implements Callable<Integer> {

  private final Session session;

  @Parameters(
      arity = "0..1",
      paramLabel = "SIZE",
      defaultValue = "",
      description = "The new size, such as 500MiB or 20GiB.")
  private String size = "";

  ReserveCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Api api = session.api();
    Answer answer =
        size.isEmpty()
            ? api.get("/repository")
            : api.put(
                "/repository/reserve",
                JsonNodeFactory.instance.objectNode().put("bytes", ByteCount.parse(size).bytes()));
    return session.answer(
        answer, repository -> session.out().println(Wording.space(repository.document())));
  }
}
