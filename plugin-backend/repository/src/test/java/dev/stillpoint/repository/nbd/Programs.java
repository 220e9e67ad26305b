package dev.stillpoint.repository.nbd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the NBD clients of this machine. */
final class Programs {

  private static final int TIMEOUT_SECONDS = 60;

  private Programs() {}

  /** How a program ended and all that it wrote. */
  record Result(int exitCode, String output) {

    Result requireSuccess() {
      assertThat(exitCode).as(output).isZero();
      return this;
    }
  }

  /** Skips the test, and says why, where the program is missing. */
  static void need(String program, String debianPackage) {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(found, program + " is missing: install the package " + debianPackage);
  }

  static Result run(String... command) {
    try {
      Path output = Files.createTempFile("program", ".out");
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
            .as("%s ends; so far: %s", List.of(command), Files.readString(output, UTF_8))
            .isTrue();
        return new Result(process.exitValue(), Files.readString(output, UTF_8));
      } finally {
        process.destroyForcibly();
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
