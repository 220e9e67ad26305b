package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.server.configuration.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose repository is encrypted: made, opened and refused by its key file. */
class EncryptedServerTest {

  @TempDir Path directory;
  private Path data;
  private Path key;

  @BeforeEach
  void makeKey() throws IOException {
    data = directory.resolve("data");
    key = Files.writeString(directory.resolve("key"), "correct horse battery staple\n");
  }

  private Configuration configuration(Optional<Path> keyFile) {
    Configuration plain = LabServer.configuration(data);
    return new Configuration(
        plain.address(),
        plain.port(),
        plain.data(),
        plain.database(),
        plain.repository(),
        plain.reserve(),
        plain.limits(),
        plain.timeouts(),
        plain.notices(),
        plain.queue(),
        plain.slotCapacity(),
        keyFile,
        plain.upkeep(),
        plain.logFormat());
  }

  private void startAndStop(Optional<Path> keyFile) {
    new StillpointServer(configuration(keyFile), List.of()).close();
  }

  @Test
  void aRepositoryMadeWithAKeyIsOpenedWithItAndNotWithoutIt() throws IOException {
    startAndStop(Optional.of(key));
    assertThat(data.resolve("repository/keys")).isNotEmptyDirectory();
    startAndStop(Optional.of(key));

    assertThatThrownBy(() -> startAndStop(Optional.empty()))
        .isInstanceOfSatisfying(
            StillpointException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION);
              assertThat(e.remedy()).contains("repository.key-file");
            });
    Path other = Files.writeString(directory.resolve("other"), "wrong");
    assertThatThrownBy(() -> startAndStop(Optional.of(other)))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION));
    startAndStop(Optional.of(key));
  }

  @Test
  void aKeyFileThatIsNotThereIsNamedAndNothingIsMade() {
    assertThatThrownBy(() -> startAndStop(Optional.of(directory.resolve("absent"))))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("absent");
    assertThat(data.resolve("repository")).doesNotExist();
  }

  @Test
  void aKeyForARepositoryThatIsNotEncryptedIsRefused() {
    startAndStop(Optional.empty());
    assertThatThrownBy(() -> startAndStop(Optional.of(key)))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT));
  }
}
