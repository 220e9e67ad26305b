package dev.stillpoint.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Wording;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint repository export}. */
@Command(
    description = {
      "Writes a disk of a restore point as a raw image.",
      "The file is sparse, and has its name only when it is complete. A block device is written in"
          + " place, zeroes too; that needs --force."
    })
final class ExportCommand implements Callable<Integer> {

  private static final byte[] ZEROES = new byte[ParallelPieces.PIECE_BYTES];

  private final OfflineSession session;

  @Parameters(index = "0", paramLabel = "DIR", description = "The repository's directory.")
  private Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "POINT[/DISK]", description = PointArgument.DESCRIPTION)
  private String point = "";

  @Parameters(index = "2", paramLabel = "FILE", description = "A new file, or a block device.")
  private Path file = Path.of("");

  @Option(names = "--force", description = "Overwrite what is there.")
  private boolean force;

  @Option(
      names = "--sync",
      description = "Wait until the file is on the disk, so that it survives a power loss.")
  private boolean sync;

  ExportCommand(OfflineSession session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    long started = session.around().nanoTicker().getAsLong();
    try (Interruptible work = session.interruptible();
        Repository repository = session.open(directory)) {
      ImageRef ref = new PointFinder(repository, directory).image(PointArgument.parse(point));
      try (ImageReader image = repository.openImage(ref)) {
        long written = write(image, work);
        long nanos = session.around().nanoTicker().getAsLong() - started;
        answer(ref, image.size().bytes(), written, Duration.ofNanos(nanos));
      }
    }
    return ExitCode.OK;
  }

  /** How many bytes were written. */
  private long write(ImageReader image, Interruptible work) {
    long size = image.size().bytes();
    ByteRanges data = ByteRanges.of(image.dataRanges());
    try (TargetImage target =
        TargetImage.open(file, size, force, session.around().random().nextLong())) {
      ByteRanges zeroes =
          target.isZeroAtFirst() ? ByteRanges.NONE : ByteRanges.first(size).without(data);
      long total = data.totalBytes() + zeroes.totalBytes();
      try (WorkProgress progress = session.progress("export", total)) {
        ParallelPieces pieces = new ParallelPieces(work.cancellation(), progress);
        pieces.run(
            data.pieces(ParallelPieces.PIECE_BYTES),
            (piece, buffer) -> copy(image, piece, buffer, target));
        pieces.run(
            zeroes.pieces(ParallelPieces.PIECE_BYTES),
            (piece, buffer) ->
                target.write(piece.start(), ByteBuffer.wrap(ZEROES, 0, (int) piece.length())));
      }
      target.publish(force, sync);
      return total;
    }
  }

  private static void copy(
      ImageReader image, ByteRange piece, ByteBuffer buffer, TargetImage target) {
    image.read(piece.start(), buffer);
    target.write(piece.start(), buffer.flip());
  }

  private void answer(ImageRef ref, long sizeBytes, long writtenBytes, Duration taken) {
    ObjectNode document =
        OfflineSession.newDocument()
            .put("point", ref.point().value())
            .put("disk", ref.image())
            .put("file", file.toString())
            .put("bytesVirtual", sizeBytes)
            .put("bytesWritten", writtenBytes)
            .put("seconds", taken.toMillis() / 1000.0);
    session.answer(
        document,
        () ->
            session
                .out()
                .printf(
                    "%s: %s, of which %s was written, in %s%n",
                    Wording.harmless(file.toString()),
                    Wording.size(sizeBytes),
                    Wording.size(writtenBytes),
                    Wording.duration(taken)));
  }
}
