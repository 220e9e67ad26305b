package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.hypervisor.OutsideEffect.Kind;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DatabaseTest {

  @RegisterExtension final TemporaryDatabase temporary = new TemporaryDatabase();

  @Test
  void knowsAfterARestartWhatWasKeptBefore() {
    Database database = temporary.get();
    database.sites().insert(Samples.site("1", "Lab"));
    database.policies().put(Samples.policy("1", "Nightly"));
    database.runs().insert(Samples.busyBackup("1"));
    database.journal().add(List.of(Samples.entry("1", Samples.effect(Kind.DISK, "d"))));
    database.catalog().add(Samples.richPoint("p"));

    Database again = temporary.reopen();

    assertThat(again.sites().all()).containsExactly(Samples.site("1", "Lab"));
    assertThat(again.policies().all()).containsExactly(Samples.policy("1", "Nightly"));
    assertThat(again.runs().unfinished()).containsExactly(Samples.busyBackup("1"));
    assertThat(again.journal().all())
        .containsExactly(Samples.entry("1", Samples.effect(Kind.DISK, "d")));
    assertThat(again.catalog().find(Samples.richPoint("p").id())).contains(Samples.richPoint("p"));
  }

  @Test
  void isForItsOwnerAloneWithAllItsFiles() throws IOException {
    temporary.get().runs().insert(Samples.queued("1"));
    for (String suffix : List.of("", "-wal", "-shm")) {
      Path file = Path.of(temporary.file() + suffix);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo("rw-------");
    }
  }

  @Test
  void makesTheDirectoryItIsToLieIn() {
    Path deep = temporary.directory().resolve("a/b/stillpoint.db");
    Database.open(deep).close();
    assertThat(deep).exists();
  }

  @Test
  void flushesEveryTransactionToTheDiskBeforeTheCallReturns() {
    assertThat(pragma("journal_mode")).isEqualTo("wal");
    // 2 is FULL: the write-ahead log is flushed at each commit, not only at checkpoints.
    assertThat(pragma("synchronous")).isEqualTo("2");
    assertThat(pragma("foreign_keys")).isEqualTo("1");
    assertThat(pragma("busy_timeout")).isEqualTo("30000");
  }

  @Test
  void refusesADatabaseOfANewerStillpoint() throws SQLException {
    temporary.get().close();
    alter(
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success)"
            + " values (99, '99', 'from the future', 'SQL', 'V99__x.sql', 1, '', 0, 1)");
    StillpointException refusal = refusal();
    assertThat(refusal).hasMessageContaining("newer Stillpoint").hasMessageContaining("99");
    assertThat(refusal.remedy()).contains("newer Stillpoint");
  }

  @Test
  void refusesADatabaseWhoseSchemaWasMadeByAnotherScript() throws SQLException {
    temporary.get().close();
    alter("update flyway_schema_history set checksum = 1 where version = '1'");
    assertThat(refusal()).hasMessageContaining(temporary.file().toString());
  }

  @Test
  void refusesADatabaseOfSomethingElse() throws SQLException, IOException {
    temporary.get().close();
    Files.delete(temporary.file());
    alter("create table songs (title text)");
    assertThat(refusal()).hasMessageContaining("no database that this Stillpoint can use");
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    temporary.get().close();
    Files.writeString(temporary.file(), "Dear diary,\n".repeat(1000));
    StillpointException refusal = refusal();
    assertThat(refusal).hasMessageContaining("is damaged or is not a database");
    assertThat(refusal.remedy()).contains("copy");
  }

  @Test
  void refusesADatabaseWithAPageOverwritten() throws IOException {
    fill();
    byte[] bytes = Files.readAllBytes(temporary.file());
    int page = 4096;
    Arrays.fill(
        bytes, bytes.length / 2 / page * page, bytes.length / 2 / page * page + page, (byte) 0xA5);
    Files.write(temporary.file(), bytes);
    assertThat(refusal()).hasMessageContaining("damaged");
  }

  @Test
  void refusesADatabaseThatWasCutShort() throws IOException {
    fill();
    byte[] bytes = Files.readAllBytes(temporary.file());
    Files.write(temporary.file(), Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(refusal()).hasMessageContaining("damaged");
  }

  @Test
  void saysWhichFileCannotBeMade() throws IOException {
    Path file = temporary.directory().resolve("file");
    Files.writeString(file, "");
    StillpointException refusal =
        catchThrowableOfType(
            StillpointException.class, () -> Database.open(file.resolve("stillpoint.db")).close());
    assertThat(refusal.kind()).isEqualTo(ErrorKind.STORAGE_UNAVAILABLE);
    assertThat(refusal).hasMessageContaining("stillpoint.db");
  }

  @Test
  void saysThatItDoesNotAnswerOnceItIsClosed() {
    temporary.get().close();
    StillpointException refusal =
        catchThrowableOfType(
            StillpointException.class, () -> temporary.get().runs().find(new RunId("1")));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.STORAGE_UNAVAILABLE);
    assertThat(refusal).hasMessageContaining(temporary.file().toString());
  }

  @Test
  void saysThatTheDiskIsFullAndKeepsWhatWasThere() {
    temporary.get().runs().insert(Samples.queued("1"));
    StillpointException failure =
        catchThrowableOfType(
            StillpointException.class,
            () ->
                temporary
                    .get()
                    .transactions()
                    .write(
                        handle -> {
                          handle.execute("delete from runs");
                          // SQLite's own way to pretend that the disk ends here.
                          handle.createQuery("pragma max_page_count = 1").mapTo(int.class).one();
                          handle.execute(
                              "insert into policies values ('1', 'n', 's', zeroblob(10000000))");
                        }));
    assertThat(failure.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE);
    assertThat(failure.remedy()).contains("Free space");
    assertThat(temporary.get().runs().unfinished()).containsExactly(Samples.queued("1"));
  }

  @Test
  void saysThatAKeptRunCannotBeRead() {
    temporary.get().runs().insert(Samples.queued("1"));
    temporary
        .get()
        .transactions()
        .write(handle -> handle.execute("update runs set document = '{\"id\": \"1\"}'"));
    StillpointException refusal =
        catchThrowableOfType(
            StillpointException.class, () -> temporary.get().runs().find(new RunId("1")));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CORRUPT_DATA);
    assertThat(refusal).hasMessageContaining("Run");
  }

  /** Some pages full, all of them in the main file. */
  private void fill() {
    for (int i = 0; i < 200; i++) {
      temporary.get().catalog().add(Samples.richPoint("p" + i));
    }
    temporary.get().close();
  }

  private StillpointException refusal() {
    StillpointException refusal =
        catchThrowableOfType(
            StillpointException.class, () -> Database.open(temporary.file()).close());
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CORRUPT_DATA);
    return refusal;
  }

  private void alter(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + temporary.file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String pragma(String name) {
    return temporary
        .get()
        .transactions()
        .read(handle -> handle.createQuery("pragma " + name).mapTo(String.class).one());
  }
}
