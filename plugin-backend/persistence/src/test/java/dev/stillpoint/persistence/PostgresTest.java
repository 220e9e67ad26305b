package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.hypervisor.OutsideEffect.Kind;
import dev.stillpoint.job.JournalEntry;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with a database on another machine, on a real PostgreSQL. */
final class PostgresTest {

  @RegisterExtension final PostgresDatabase postgres = new PostgresDatabase();

  @TempDir Path directory;

  @Test
  void knowsAfterARestartWhatWasKeptBefore() {
    Database database = postgres.get();
    database.sites().insert(Samples.site("1", "Lab"));
    database.policies().put(Samples.policy("1", Samples.ODD_NAME));
    database.runs().insert(Samples.busyBackup("1"));
    database.catalog().add(Samples.richPoint("p"));

    Database again = postgres.reopen();

    assertThat(again.sites().all()).containsExactly(Samples.site("1", "Lab"));
    assertThat(again.policies().all()).containsExactly(Samples.policy("1", Samples.ODD_NAME));
    assertThat(again.runs().unfinished()).containsExactly(Samples.busyBackup("1"));
    assertThat(again.catalog().find(Samples.richPoint("p").id())).contains(Samples.richPoint("p"));
  }

  @Test
  void twoServersThatStartAtOnceMakeOneSchema() throws InterruptedException {
    postgres.cluster().create("fresh", "template0");
    List<Throwable> failures = new ArrayList<>();
    List<Thread> starts = List.of(new Thread(() -> open("fresh")), new Thread(() -> open("fresh")));
    for (Thread start : starts) {
      start.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
      start.start();
    }
    for (Thread start : starts) {
      start.join();
    }
    assertThat(failures).isEmpty();
    postgres.cluster().execute("drop database fresh");
  }

  private void open(String name) {
    Database.open(postgres.cluster().database(name)).close();
  }

  @Test
  void comparesAllItsTextsByTheirBytes() {
    List<String> others =
        postgres
            .get()
            .transactions()
            .read(
                handle ->
                    handle
                        .createQuery(
                            "select table_name || '.' || column_name from"
                                + " information_schema.columns where table_schema = 'public' and"
                                + " data_type = 'text' and collation_name is distinct from 'C'"
                                + " and table_name not like 'flyway%'")
                        .mapTo(String.class)
                        .list());
    assertThat(others).isEmpty();
  }

  @Test
  void whatAServerKilledInMidTransactionHadBegunIsNotThere() throws Exception {
    JournalEntry standing = Samples.entry("run-1", Samples.effect(Kind.SNAPSHOT, "s-1"));
    postgres.get().journal().add(List.of(standing));

    StillpointException failure =
        catchThrowableOfType(
            StillpointException.class,
            () ->
                postgres
                    .get()
                    .transactions()
                    .write(
                        handle -> {
                          handle.execute("delete from journal");
                          handle.execute(
                              "insert into event_numbers (site, last) values ('site-1', 7)");
                          kill();
                        }));

    assertThat(failure.kind()).isEqualTo(ErrorKind.STORAGE_UNAVAILABLE);
    assertThat(failure.retryable()).isTrue();
    postgres.cluster().start();
    assertThat(postgres.get().journal().all()).containsExactly(standing);
    assertThat(postgres.get().eventNumbers().next(Samples.SITE, 0)).isEqualTo(1);
  }

  @Test
  void whatACallHadWrittenWhenItReturnedSurvivesAKill() throws Exception {
    for (int i = 0; i < 50; i++) {
      postgres
          .get()
          .journal()
          .add(List.of(Samples.entry("run-1", Samples.effect(Kind.SNAPSHOT, "s-" + i))));
    }
    kill();
    postgres.cluster().start();
    assertThat(postgres.get().journal().all()).hasSize(50);
  }

  @Test
  void saysThatItDoesNotAnswerWhileItIsAwayAndGoesOnByItselfAfterwards() throws Exception {
    postgres.get().runs().insert(Samples.queued("1"));
    kill();

    StillpointException failure =
        catchThrowableOfType(
            StillpointException.class, () -> postgres.get().runs().insert(Samples.queued("2")));
    assertThat(failure.kind()).isEqualTo(ErrorKind.STORAGE_UNAVAILABLE);
    assertThat(failure).hasMessageContaining(postgres.address().place());
    assertThat(failure.remedy()).isNotBlank();

    postgres.cluster().start();
    postgres.get().runs().insert(Samples.queued("3"));
    assertThat(postgres.get().runs().unfinished())
        .containsExactly(Samples.queued("1"), Samples.queued("3"));
  }

  @Test
  void saysThatItIsNotLetIn() throws IOException {
    Path wrong = file("wrong\n", "rw-------");
    StillpointException refusal =
        refusal(
            new PostgresAddress(
                postgres.address().url(), postgres.address().user(), Optional.of(wrong)));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.STORAGE_UNAVAILABLE);
    assertThat(refusal).hasMessageContaining("does not let us in");
    assertThat(refusal.remedy()).contains("database.user");
    assertThat(refusal).hasMessageNotContaining("wrong");
  }

  @Test
  void saysThatThereIsNoSuchDatabase() {
    StillpointException refusal = refusal(postgres.cluster().database("absent"));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.STORAGE_UNAVAILABLE);
    assertThat(refusal).hasMessageContaining("absent");
  }

  @Test
  void refusesAPasswordFileThatOthersMayRead() throws IOException {
    Path open = file("secret\n", "rw-r-----");
    StillpointException refusal =
        refusal(
            new PostgresAddress(
                postgres.address().url(), postgres.address().user(), Optional.of(open)));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.PERMISSION);
    assertThat(refusal.remedy()).contains("chmod 600");
  }

  @Test
  void refusesADatabaseOfSomethingElse() {
    postgres.cluster().create("songs", "template0");
    postgres.cluster().execute("songs", "create table songs (title text)");
    StillpointException refusal = refusal(postgres.cluster().database("songs"));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CORRUPT_DATA);
    assertThat(refusal).hasMessageContaining("no database that this Stillpoint can use");
    postgres.cluster().execute("drop database songs");
  }

  @Test
  void refusesADatabaseOfANewerStillpoint() {
    postgres.get().close();
    postgres
        .cluster()
        .execute(
            name(),
            "insert into flyway_schema_history (installed_rank, version, description, type,"
                + " script, checksum, installed_by, execution_time, success)"
                + " values (99, '99', 'from the future', 'SQL', 'V99__x.sql', 1, '', 0, true)");
    StillpointException refusal = refusal(postgres.address());
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CORRUPT_DATA);
    assertThat(refusal).hasMessageContaining("newer Stillpoint").hasMessageContaining("99");
  }

  @Test
  void tellsNothingOfWhatWasToBeWritten() {
    StillpointException failure =
        catchThrowableOfType(
            StillpointException.class,
            () ->
                postgres
                    .get()
                    .transactions()
                    .write(
                        handle -> {
                          handle.execute("insert into event_numbers values ('hush', 1)");
                          handle.execute("insert into event_numbers values ('hush', 2)");
                        }));
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(failure).hasMessageNotContaining("hush");
  }

  @Test
  void refusesAnUrlThatHoldsAPasswordOrIsOfSomethingElse() {
    for (String url :
        List.of(
            "jdbc:postgresql://db/stillpoint?password=secret",
            "jdbc:postgresql://db/stillpoint?ssl=true&PASSWORD=secret",
            "jdbc:mysql://db/stillpoint",
            "jdbc:postgresql:stillpoint",
            "jdbc:postgresql://db/")) {
      StillpointException refusal =
          catchThrowableOfType(
              StillpointException.class,
              () -> new PostgresAddress(url, "stillpoint", Optional.empty()));
      assertThat(refusal.kind()).as(url).isEqualTo(ErrorKind.BAD_REQUEST);
      assertThat(refusal).hasMessageNotContaining("secret");
    }
  }

  private String name() {
    String url = postgres.address().url();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private void kill() {
    try {
      postgres.cluster().kill();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Path file(String content, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("password"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  private static StillpointException refusal(PostgresAddress address) {
    return catchThrowableOfType(StillpointException.class, () -> Database.open(address).close());
  }
}
