package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.Manifest;
import dev.stillpoint.repository.ManifestImage;
import dev.stillpoint.repository.PointWriter;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Wording;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository import}. */
@Command(
    description = {
      "Takes a raw image or a block device into a repository, as a new restore point.",
      "Holes are skipped. What the repository has already is not stored again. The new point's id is"
          + " the last line of the output."
    })
final class ImportCommand implements Callable<Integer> {

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "IMAGE", description = "A raw image or a block device.")
  private Path image = Path.of("");

  @Option(
      names = "--vm",
      required = true,
      paramLabel = "NAME",
      description = "The VM that the disk belongs to.")
  private String vm = "";

  @Option(
      names = "--disk",
      defaultValue = "",
      paramLabel = "NAME",
      description = "The disk's name; else the image's file name.")
  private String disk = "";

  @Option(
      names = "--previous",
      defaultValue = "",
      paramLabel = "POINT",
      description =
          "The restore point that --changed refers to: POINT, POINT/DISK or latest:VM. Without a"
              + " disk: the one of that name, or the only one.")
  private String previous = "";

  @Option(
      names = "--changed",
      defaultValue = "",
      paramLabel = "FILE",
      description =
          "What changed since --previous, in any order: [{\"start\":bytes,\"length\":bytes}, …]."
              + " Only that is read. Without it the whole image is.")
  private String changed = "";

  ImportCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    requireUsage();
    long started = session.around().nanoTicker().getAsLong();
    try (Interruptible work = session.interruptible();
        SourceImage source = SourceImage.open(image);
        Repository repository = session.open(directory)) {
      DiskImport disk = plan(repository, source);
      Manifest manifest = run(repository, disk, work);
      long nanos = session.around().nanoTicker().getAsLong() - started;
      answer(manifest, disk.plan().read().totalBytes(), Duration.ofNanos(nanos));
    }
    return ExitCode.OK;
  }

  private void requireUsage() {
    if (!changed.isEmpty() && previous.isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "--changed says what changed, but not since when",
          "Name the restore point it refers to with --previous.");
    }
    if (vm.isBlank()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "The VM's name is empty", "Name the VM with --vm.");
    }
  }

  private DiskImport plan(Repository repository, SourceImage source) {
    String name = disk.isEmpty() ? String.valueOf(image.getFileName()) : disk;
    Optional<Previous> base =
        previous.isEmpty() ? Optional.empty() : Optional.of(previous(repository, name));
    ByteRanges data = source.dataRanges();
    if (changed.isEmpty()) {
      // Built on nothing, which heals what is damaged: chunks that are known cost no space.
      ReadPlan plan = ReadPlan.whole(data, source.sizeBytes());
      return new DiskImport(name, source, plan, Optional.empty());
    }
    ReadPlan plan =
        ReadPlan.changed(
            ChangedList.read(Path.of(changed), source.sizeBytes()),
            data,
            source.sizeBytes(),
            base.map(Previous::sizeBytes).orElse(0L));
    return new DiskImport(name, source, plan, base.map(Previous::image));
  }

  private record Previous(ImageRef image, long sizeBytes) {}

  private Previous previous(Repository repository, String name) {
    PointArgument argument = PointArgument.parse(previous);
    Manifest manifest = new PointFinder(repository, directory).point(argument.point());
    Optional<String> wanted =
        argument.disk().isEmpty() && manifest.images().size() > 1
            ? Optional.of(name)
            : argument.disk();
    ManifestImage found = PointFinder.image(manifest, wanted);
    return new Previous(new ImageRef(manifest.id(), found.name()), found.size().bytes());
  }

  private Manifest run(Repository repository, DiskImport disk, Interruptible work) {
    Instant now = session.around().clock().instant();
    RestorePointId id = NewPointId.at(now, session.around().random());
    try (WorkProgress progress = session.progress("import", disk.plan().read().totalBytes());
        PointWriter point = repository.startPoint(id)) {
      disk.run(point, new ParallelPieces(work.cancellation(), progress));
      work.cancellation().throwIfRequested();
      return point.commit(PointLabels.ofImport(vm, now), "");
    }
  }

  private void answer(Manifest manifest, long bytesRead, Duration taken) {
    ManifestImage made = manifest.images().get(0);
    ObjectNode document =
        OfflineSession.newDocument()
            .put("point", manifest.id().value())
            .put("vm", vm)
            .put("disk", made.name())
            .put("bytesVirtual", made.size().bytes())
            .put("bytesRead", bytesRead)
            .put("bytesStored", made.storedBytes().bytes())
            .put("seconds", taken.toMillis() / 1000.0);
    session.answer(
        document,
        () -> {
          session
              .out()
              .printf(
                  "%s of %s: %s, of which %s was read and %s stored, in %s%n",
                  Wording.harmless(made.name()),
                  Wording.harmless(vm),
                  made.size(),
                  Wording.size(bytesRead),
                  made.storedBytes(),
                  Wording.duration(taken));
          session.out().println(manifest.id());
        });
  }
}
