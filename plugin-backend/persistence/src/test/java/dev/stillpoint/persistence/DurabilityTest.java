package dev.stillpoint.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Law 4 of the architecture: what is journaled is found again, however the process ended. */
final class DurabilityTest {

  private static final int ENTRIES_BEFORE_THE_KILL = 100;

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Test
  void findsEveryJournalEntryWhoseCallReturnedBeforeTheProcessWasKilled() throws Exception {
    database.get().close();

    List<String> told = writeUntilKilled();

    assertThat(told).hasSizeGreaterThanOrEqualTo(ENTRIES_BEFORE_THE_KILL);
    List<String> found =
        database.reopen().journal().all().stream()
            .map(entry -> entry.effect().reference())
            .toList();
    assertThat(found).startsWith(told.toArray(new String[0]));
    // One entry may have been written without there having been time to tell.
    assertThat(found).hasSizeBetween(told.size(), told.size() + 1);
  }

  private List<String> writeUntilKilled() throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                JournalWriter.class.getName(),
                database.file().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> told = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.add(line);
        if (told.size() == ENTRIES_BEFORE_THE_KILL) {
          // Not Process.destroyForcibly: that also closes the stream we still want to read out.
          assertThat(writer.toHandle().destroyForcibly()).isTrue();
        }
      }
    } finally {
      writer.destroyForcibly();
    }
    assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    // 128 + SIGKILL: it did not end by itself.
    assertThat(writer.exitValue()).isEqualTo(137);
    return told;
  }
}
