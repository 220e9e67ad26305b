package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTokenTest {

  @TempDir Path directory;

  @Test
  void theTokenStaysTheSameAndOnlyItsOwnerCanReadIt() throws IOException {
    Path file = directory.resolve("api-token");
    String made = ApiToken.readOrCreate(file, new SecureRandom());
    assertThat(made).hasSize(64);
    assertThat(ApiToken.readOrCreate(file, new SecureRandom())).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void anEmptyFileThatAPowerLossLeftIsReplacedLestNobodyGetsIn() throws IOException {
    Path file = Files.createFile(directory.resolve("api-token"));
    assertThat(ApiToken.readOrCreate(file, new SecureRandom())).hasSize(64);
  }
}
