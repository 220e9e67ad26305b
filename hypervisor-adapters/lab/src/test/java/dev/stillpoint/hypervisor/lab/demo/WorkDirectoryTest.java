package dev.stillpoint.hypervisor.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

  @TempDir private Path directory;

  @Test
  void clearsOnlyWhatIsTheDemosOwn() throws IOException {
    Path work = directory.resolve("a b/demo");
    try (WorkDirectory opened = WorkDirectory.open(work)) {
      opened.write("server.log", "old");
      Files.createFile(opened.empty("server").resolve("data"));
    }
    try (WorkDirectory opened = WorkDirectory.open(work)) {
      assertThat(work.resolve("server/data")).exists();
      opened.clear();
      assertThat(work.resolve("server")).doesNotExist();
      assertThat(work.resolve("server.log")).doesNotExist();
    }
  }

  @Test
  void refusesAFolderThatHoldsSomebodysFiles() throws IOException {
    Path precious = Files.writeString(directory.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> WorkDirectory.open(directory))
        .isInstanceOf(DemoFailure.class)
        .hasMessageContaining(directory.toString());
    assertThat(precious).exists();
  }

  @Test
  void givesAnEmptyFolderEachTime() throws IOException {
    try (WorkDirectory opened = WorkDirectory.open(directory.resolve("demo"))) {
      Files.createDirectories(opened.empty("server").resolve("deep/deeper"));
      assertThat(opened.empty("server")).isEmptyDirectory();
    }
  }
}
