package dev.stillpoint.repository;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;

/**
 * A process of its own that backs up one disk after the other, and writes the seed of each that is
 * committed as a line to the file {@code <repository>.committed}, until it is killed.
 */
final class ChildWriter {

  static final int REFUSED = 3;

  private ChildWriter() {}

  static Process start(Path repository, long firstSeed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ChildWriter.class.getName(),
            repository.toString(),
            Long.toString(firstSeed))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static Path committedFile(Path repository) {
    return repository.resolveSibling(repository.getFileName() + ".committed");
  }

  static byte[] disk(long seed) {
    return Samples.disk(seed, 60 * Samples.GRID);
  }

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    try (Repository repository = Repository.open(directory, InstantSource.system());
        BufferedWriter committed =
            Files.newBufferedWriter(
                committedFile(directory), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (long seed = Long.parseLong(arguments[1]); ; seed++) {
        Samples.backUp(repository, "seed-" + seed, disk(seed));
        committed.write(List.of(seed) + "\n");
        committed.flush();
      }
    } catch (StillpointException e) {
      System.exit(e.kind() == ErrorKind.CONFLICT ? REFUSED : 1);
    }
  }
}
