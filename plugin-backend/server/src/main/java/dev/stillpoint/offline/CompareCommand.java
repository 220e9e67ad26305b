package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository compare}. */
@Command(
    description = {
      "Tells where two restore points differ, in pieces of 64 KiB.",
      "By their maps, without reading their data. The exit code is 0 when they are equal and 1 when they"
          + " differ."
    })
final class CompareCommand implements Callable<Integer> {

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "POINT1[/DISK]", description = PointArgument.DESCRIPTION)
  private String first = "";

  @Parameters(index = "2", paramLabel = "POINT2[/DISK]", description = "The other, likewise.")
  private String second = "";

  CompareCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Repository repository = session.open(directory)) {
      PointFinder finder = new PointFinder(repository, directory);
      PointArgument one = PointArgument.parse(first);
      PointArgument other = PointArgument.parse(second);
      List<DiskPair> pairs =
          DiskPair.match(
              finder.point(one.point()), one.disk(), finder.point(other.point()), other.disk());
      List<Difference> differences =
          pairs.stream()
              .map(pair -> new Difference(pair.name(), pair.compare(repository)))
              .toList();
      long total = differences.stream().mapToLong(Difference::bytes).sum();
      boolean equal = differences.stream().allMatch(disk -> disk.ranges().isEmpty());
      session.answer(document(differences, equal, total), () -> print(differences, total));
      return equal ? ExitCode.OK : ExitCode.DIFFERENT;
    }
  }

  /** Where one disk differs. */
  private record Difference(String disk, List<ByteRange> ranges) {
    long bytes() {
      return ranges.stream().mapToLong(ByteRange::length).sum();
    }
  }

  private static ObjectNode document(List<Difference> disks, boolean equal, long total) {
    ObjectNode document =
        OfflineSession.newDocument().put("equal", equal).put("bytesDiffering", total);
    ArrayNode items = document.putArray("disks");
    for (Difference disk : disks) {
      ArrayNode ranges = items.addObject().put("name", disk.disk()).putArray("ranges");
      for (ByteRange range : disk.ranges()) {
        ranges.addObject().put("start", range.start()).put("length", range.length());
      }
    }
    return document;
  }

  private void print(List<Difference> disks, long total) {
    Table table = new Table(">START", ">LENGTH", "DISK");
    boolean equal = true;
    for (Difference disk : disks) {
      for (ByteRange range : disk.ranges()) {
        table.row(String.valueOf(range.start()), String.valueOf(range.length()), disk.disk());
        equal = false;
      }
    }
    if (equal) {
      session.out().println("They are equal.");
    } else {
      table.print(session.out());
      session.out().println("They differ in " + Wording.size(total) + ".");
    }
  }
}
