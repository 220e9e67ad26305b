package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.LabEngine;
import dev.stillpoint.job.QueueSettings;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunExecutors;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.job.SlotStart;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.persistence.Database;
import dev.stillpoint.persistence.PostgresAddress;
import dev.stillpoint.persistence.PostgresCluster;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.schedule.Recurrence;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import dev.stillpoint.testing.TestingClock;
import dev.stillpoint.trigger.Trigger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL stopped and started again beneath the trigger, with db-scheduler over it. */
class DatabaseAwayTest {

  private static final Instant SLOT = Instant.parse("2026-11-22T02:00:00Z");
  private static final int POLICIES = 5;

  /** So long it is away, in seconds; a minute and more when asked for by hand. */
  private static final int AWAY = Integer.getInteger("stillpoint.database.away", 3);

  @TempDir Path directory;
  private PostgresCluster cluster;
  private PostgresAddress address;
  private LabEngine lab;
  private Database database;
  private Sites sites;
  private SiteId site;
  // So long before that its ticks do not come to the slot however slow the test is.
  private final TestingClock clock = new TestingClock(SLOT.minus(Duration.ofMinutes(50)));
  private final AtomicInteger looks = new AtomicInteger();

  @BeforeEach
  void start() throws Exception {
    cluster = new PostgresCluster();
    address = cluster.newDatabase();
    database = Database.open(address);
    lab = LabEngine.start(LabConfig.inDirectory(directory.resolve("lab")));
    sites = sites(database);
    try (Password password = new Password("password".toCharArray())) {
      Site wanted =
          new Site(
              new SiteId("-"),
              "lab",
              "ovirt",
              new SiteAddress(URI.create(lab.apiUrl()), "admin@internal", ""));
      site = sites.add(wanted, password).id();
    }
    for (int i = 0; i < POLICIES; i++) {
      database.policies().put(policy(i));
    }
  }

  @AfterEach
  void stop() throws Exception {
    if (lab != null) {
      sites.close();
      lab.close();
    }
    if (database != null) {
      database.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private Sites sites(Database on) {
    return new Sites(
        on.sites(),
        on.secrets(directory.resolve("secret.key")),
        LabServer.adapters(),
        new SiteTimeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMillis(20)));
  }

  private Policy policy(int number) {
    return new Policy(
        new PolicyId("policy-" + number),
        "nightly " + number,
        site,
        List.of(new VmId(lab.vmId("web01"))),
        List.of(),
        Freezing.NONE,
        true,
        Optional.empty(),
        Optional.of(
            new Schedule(new Recurrence.Daily(), 2, LocalDate.of(2026, 11, 1), ZoneOffset.UTC)),
        GroupSettings.STANDARD,
        Optional.empty());
  }

  /** Its queue never starts: what is in it was started by the trigger. */
  private Trigger trigger(Database on, Sites with) {
    RunQueue queue =
        new RunQueue(
            on.runs(),
            on.journal(),
            new Sweeper(with, on.journal(), on.catalog()),
            new RunExecutors(run -> {}, run -> {}),
            QueueSettings.USUAL,
            clock,
            UUID::randomUUID);
    return new Trigger(on.policies(), with, queue, on.slotStarts(), clock);
  }

  private AutoCloseable ticking(Database on, Trigger trigger) {
    return on.again(
        "due-policies",
        Duration.ofMillis(100),
        () -> {
          trigger.look();
          // A policy that met the database away is left alone for a minute of this clock.
          clock.advance(Duration.ofSeconds(1));
          looks.incrementAndGet();
        },
        InstantSource.system());
  }

  private void awaitLooks(int more) throws InterruptedException {
    int wanted = looks.get() + more;
    while (looks.get() < wanted) {
      Thread.sleep(20);
    }
  }

  private void assertEachStartedOnce() {
    List<Run> runs = database.runs().unfinished();
    assertThat(runs).hasSize(POLICIES);
    for (int i = 0; i < POLICIES; i++) {
      List<SlotStart> starts = database.slotStarts().latest(new PolicyId("policy-" + i), 9);
      assertThat(starts).as("policy %d", i).hasSize(1);
      assertThat(starts.get(0).slot()).isEqualTo(SLOT);
      assertThat(runs).extracting(run -> Optional.of(run.id())).contains(starts.get(0).run());
    }
  }

  @Test
  void slotsThatFallIntoItStartAfterItOnceEach() throws Exception {
    Trigger trigger = trigger(database, sites);
    try (AutoCloseable ticker = ticking(database, trigger)) {
      assertThat(ticker).isNotNull();
      awaitLooks(2);
      assertThat(database.runs().unfinished()).isEmpty();

      cluster.kill();
      // All of them would have started in the first fifty minutes.
      clock.set(SLOT.plus(Duration.ofMinutes(51)));
      long back = System.nanoTime() + Duration.ofSeconds(AWAY).toNanos();
      do {
        assertThatThrownBy(trigger::look).isInstanceOf(StillpointException.class);
        Thread.sleep(100);
      } while (System.nanoTime() < back);
      cluster.start();

      while (database.runs().unfinished().size() < POLICIES) {
        Thread.sleep(50);
      }
      awaitLooks(5);
    }
    assertEachStartedOnce();
  }

  @Test
  void withTwoServersThatLookAtOnceAndADatabaseThatGoesAwayAgainAndAgainEachStartsOnce()
      throws Exception {
    try (Database other = Database.open(address);
        Sites others = sites(other)) {
      Trigger one = trigger(database, sites);
      Trigger two = trigger(other, others);
      List<Thread> servers = List.of(new Thread(() -> lookOn(one)), new Thread(() -> lookOn(two)));
      awaitLook(one);
      clock.set(SLOT);
      servers.forEach(Thread::start);
      for (int i = 0; i < 3; i++) {
        awaitLooks(3);
        cluster.kill();
        clock.advance(Duration.ofMinutes(15));
        cluster.start();
      }
      clock.set(SLOT.plus(Duration.ofMinutes(51)));
      while (database.runs().unfinished().size() < POLICIES) {
        Thread.sleep(50);
      }
      awaitLooks(5);
      for (Thread server : servers) {
        server.interrupt();
        server.join();
      }
    }
    assertEachStartedOnce();
  }

  private void awaitLook(Trigger trigger) {
    trigger.look();
    looks.incrementAndGet();
  }

  private void lookOn(Trigger trigger) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        trigger.look();
        clock.advance(Duration.ofSeconds(1));
        looks.incrementAndGet();
        Thread.sleep(20);
      } catch (StillpointException e) {
        Thread.onSpinWait(); // The database is away.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
