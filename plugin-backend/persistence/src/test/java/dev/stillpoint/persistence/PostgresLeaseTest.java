package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of two servers on one database one works: no run is taken twice. */
final class PostgresLeaseTest {

  private static final String HELD =
      "select count(*) from pg_locks where locktype = 'advisory' and granted"
          + " and database = (select oid from pg_database where datname = current_database())";

  @RegisterExtension final PostgresDatabase postgres = new PostgresDatabase();

  private final CountDownLatch lost = new CountDownLatch(1);
  private Database other;

  @BeforeEach
  void openASecond() {
    other = Database.open(postgres.address());
  }

  @AfterEach
  void closeIt() {
    other.close();
  }

  private void assertRefused() {
    StillpointException refusal =
        catchThrowableOfType(StillpointException.class, () -> other.lease(() -> {}).close());
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(refusal).hasMessageContaining(postgres.address().place());
  }

  @Test
  void theSecondIsRefusedUntilTheFirstGivesUp() {
    try (ServerLease first = postgres.get().lease(lost::countDown)) {
      assertThat(first).isNotNull();
      assertRefused();
    }
    other.lease(() -> {}).close();
    assertThat(lost.getCount()).isEqualTo(1);
  }

  @Test
  void isFreeTheMomentItIsGivenUp() {
    for (int i = 0; i < 50; i++) {
      postgres.get().lease(() -> {}).close();
      other.lease(() -> {}).close();
    }
  }

  @Test
  void aServerWhoseConnectionDiedHoldsNothingAndIsToldWhenAnotherHasIt() throws Exception {
    try (ServerLease first = postgres.get().lease(lost::countDown)) {
      assertThat(first).isNotNull();
      ServerLease second = takeOver();
      assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
      second.close();
    }
  }

  /** Quicker than the first one, who looks once a second: tried until it is. */
  private ServerLease takeOver() throws InterruptedException {
    for (int i = 0; i < 2000; i++) {
      postgres
          .get()
          .transactions()
          .read(
              handle ->
                  handle
                      .createQuery(
                          "select count(pg_terminate_backend(l.pid)) from pg_locks l join"
                              + " pg_stat_activity a on a.pid = l.pid where l.locktype ="
                              + " 'advisory' and l.granted and a.datname = current_database()"
                              + " and l.pid <> pg_backend_pid()")
                      .mapTo(Integer.class)
                      .one());
      try {
        return other.lease(() -> {});
      } catch (StillpointException e) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    throw new AssertionError("The lease was never free");
  }

  @Test
  void isTakenAgainWhenTheDatabaseWasAwayForAWhile() throws Exception {
    try (ServerLease first = postgres.get().lease(lost::countDown)) {
      assertThat(first).isNotNull();
      postgres.cluster().kill();
      TimeUnit.SECONDS.sleep(2);
      postgres.cluster().start();
      awaitHeld();
      assertRefused();
      assertThat(lost.getCount()).isEqualTo(1);
    }
  }

  private void awaitHeld() throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      int held =
          postgres
              .get()
              .transactions()
              .read(handle -> handle.createQuery(HELD).mapTo(Integer.class).one());
      if (held == 1) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("The lease was not taken again");
  }
}
