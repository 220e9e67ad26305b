package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.repository.Manifest;
import dev.stillpoint.repository.ManifestImage;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository list}. */
@Command(
    description = {
      "Lists the restore points, the oldest first.",
      "What is known to be damaged goes to standard error, and the exit code is 9 then."
    })
final class ListCommand implements Callable<Integer> {

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  ListCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Repository repository = session.open(directory)) {
      List<Manifest> manifests = repository.manifests();
      ObjectNode document = OfflineSession.newDocument();
      ArrayNode items = document.putArray("items");
      manifests.forEach(manifest -> describe(manifest, items.addObject()));
      session.answer(document, () -> print(manifests));
      List<String> findings = repository.findings();
      session.warn(findings);
      return findings.isEmpty() ? ExitCode.OK : ExitCode.CORRUPT;
    }
  }

  private static void describe(Manifest manifest, ObjectNode item) {
    item.put("id", manifest.id().value())
        .put("vm", PointLabels.vmName(manifest))
        .put("time", PointLabels.time(manifest).toString())
        .put("created", manifest.created().toString())
        .put("bytesVirtual", sum(manifest, ManifestImage::size))
        .put("bytesData", sum(manifest, ManifestImage::dataBytes))
        .put("bytesStored", sum(manifest, ManifestImage::storedBytes));
    ArrayNode disks = item.putArray("disks");
    for (ManifestImage image : manifest.images()) {
      disks
          .addObject()
          .put("name", image.name())
          .put("bytesVirtual", image.size().bytes())
          .put("bytesData", image.dataBytes().bytes())
          .put("bytesStored", image.storedBytes().bytes());
    }
  }

  private void print(List<Manifest> manifests) {
    Table table = new Table("ID", "VM", "TIME", ">SIZE", ">DATA", ">STORED", "DISKS");
    for (Manifest manifest : manifests) {
      table.row(
          manifest.id().value(),
          PointLabels.vmName(manifest),
          Wording.time(PointLabels.time(manifest), session.around().zone()),
          Wording.size(sum(manifest, ManifestImage::size)),
          Wording.size(sum(manifest, ManifestImage::dataBytes)),
          Wording.size(sum(manifest, ManifestImage::storedBytes)),
          manifest.images().stream().map(ManifestImage::name).collect(Collectors.joining(", ")));
    }
    table.print(session.out());
  }

  private static long sum(Manifest manifest, Function<ManifestImage, ByteCount> amount) {
    return manifest.images().stream().map(amount).mapToLong(ByteCount::bytes).sum();
  }
}
