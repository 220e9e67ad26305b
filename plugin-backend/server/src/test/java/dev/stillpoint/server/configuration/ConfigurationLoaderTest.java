package dev.stillpoint.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.backup.BackupRunner;
import dev.stillpoint.backup.Sampling;
import dev.stillpoint.group.Collective;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.group.LoadOrder;
import dev.stillpoint.group.OrderBy;
import dev.stillpoint.group.ReaderLimits;
import dev.stillpoint.job.QueueSettings;
import dev.stillpoint.job.RetryRule;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.persistence.PostgresAddress;
import dev.stillpoint.server.log.LogFormat;
import dev.stillpoint.server.notice.MailSettings;
import dev.stillpoint.server.notice.NoticeSettings;
import dev.stillpoint.server.notice.WebhookSettings;
import dev.stillpoint.upkeep.CollectSettings;
import dev.stillpoint.upkeep.DayWindow;
import dev.stillpoint.upkeep.HistorySettings;
import dev.stillpoint.upkeep.UpkeepSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {

  @TempDir Path directory;

  @Test
  void anEmptyFileGivesTheDefaults() throws IOException {
    Configuration configuration = load("");
    assertThat(configuration.address()).isEqualTo("127.0.0.1");
    assertThat(configuration.port()).isEqualTo(8470);
    assertThat(configuration.data()).isEqualTo(directory.resolve("data"));
    assertThat(configuration.database()).isEmpty();
    assertThat(configuration.repository()).isEqualTo(directory.resolve("data/repository"));
    assertThat(configuration.reserve()).contains(ByteCount.ofGibibytes(20));
    assertThat(configuration.limits())
        .isEqualTo(
            new BackupRunner.Limits(
                GroupRules.standard(2), 20, new Sampling(1, ByteCount.ofMebibytes(16))));
    assertThat(configuration.timeouts().connect()).isEqualTo(Duration.ofSeconds(5));
    assertThat(configuration.timeouts().answer()).isEqualTo(Duration.ofSeconds(60));
    assertThat(configuration.timeouts().operation()).isEqualTo(Duration.ofMinutes(30));
    assertThat(configuration.timeouts().poll()).isEqualTo(Duration.ofSeconds(2));
    assertThat(configuration.keyFile()).isEmpty();
    assertThat(configuration.upkeep()).isEqualTo(UpkeepSettings.standard());
    assertThat(configuration.logFormat()).isEqualTo(LogFormat.TEXT);
    assertThat(configuration.queue()).isEqualTo(QueueSettings.USUAL);
    assertThat(configuration.slotCapacity()).isEqualTo(20);
    assertThat(configuration.notices())
        .isEqualTo(new NoticeSettings(ZoneId.of("UTC"), Optional.empty(), Optional.empty()));
  }

  @Test
  void whoIsToldOfRunsIsRead() throws IOException {
    NoticeSettings notices =
        load("""
                notice.time-zone = Europe/Prague
                mail.server = smtp.example.com
                mail.username = backup
                mail.password-file = mail-password
                mail.from = Stillpoint <backup@example.com>
                mail.to = ops@example.com, Boss <boss@example.com>
                webhook.url = https://chat.example.com/hook
                webhook.secret-file = /etc/secret
                webhook.when = failed,succeeded
                """)
            .notices();
    assertThat(notices.zone()).isEqualTo(ZoneId.of("Europe/Prague"));
    assertThat(notices.mail())
        .contains(
            new MailSettings(
                "smtp.example.com",
                587,
                MailSettings.Security.STARTTLS,
                Optional.of(new MailSettings.Login("backup", directory.resolve("mail-password"))),
                "Stillpoint <backup@example.com>",
                List.of("ops@example.com", "Boss <boss@example.com>"),
                Set.of(RunState.FAILED, RunState.WARNING)));
    assertThat(notices.webhook())
        .contains(
            new WebhookSettings(
                URI.create("https://chat.example.com/hook"),
                Optional.of(Path.of("/etc/secret")),
                Set.of(RunState.FAILED, RunState.SUCCEEDED)));
  }

  @Test
  void aNoticeThatCouldNeverBeSentStopsTheStart() {
    assertThatThrownBy(
            () ->
                load(
                    """
                    notice.time-zone = Nowhere
                    mail.server = a b
                    mail.security = some
                    mail.when = sometimes
                    webhook.url = ftp://x
                    """))
        .hasMessageContaining("notice.time-zone: ")
        .hasMessageContaining("mail.server: ")
        .hasMessageContaining("mail.security: ")
        .hasMessageContaining("mail.when: ")
        .hasMessageContaining("webhook.url: ");
    assertThatThrownBy(() -> load("mail.server = a:25\nmail.username = x"))
        .hasMessageContaining("mail.to: must name at least one")
        .hasMessageContaining("mail.from: ")
        .hasMessageContaining("mail.username, mail.password-file: ");
  }

  @Test
  void everyKeyIsRead() throws IOException {
    Configuration configuration =
        load(
            """
            http.address = ::1
            http.port = 9000
            data.directory = ../elsewhere
            database.url = jdbc:postgresql://db.example/stillpoint?sslmode=verify-full
            database.user = backup
            database.password-file = ../secrets/database
            repository.directory = /srv/büro
            repository.reserve = 1.5 TiB
            backup.readers = 16
            backup.snapshot-room-percent = 35
            backup.order = load-per-time
            backup.order-by = host
            backup.order-collective = mean
            backup.batch-size = 50
            backup.sample-percent = 100
            backup.sample-limit = 1GiB
            limits.readers-per-host = 1
            limits.readers-per-storage = 2
            limits.readers-per-site = 3
            hypervisor.connect-timeout = 100ms
            hypervisor.answer-timeout = 1h
            hypervisor.operation-timeout = 24h
            hypervisor.poll-interval = 1 m
            repository.key-file = ../key
            """);
    assertThat(configuration.address()).isEqualTo("::1");
    assertThat(configuration.port()).isEqualTo(9000);
    assertThat(configuration.data()).isEqualTo(directory.resolveSibling("elsewhere"));
    assertThat(configuration.repository()).isEqualTo(Path.of("/srv/büro"));
    assertThat(configuration.database())
        .contains(
            new PostgresAddress(
                "jdbc:postgresql://db.example/stillpoint?sslmode=verify-full",
                "backup",
                Optional.of(directory.resolveSibling("secrets").resolve("database"))));
    assertThat(configuration.reserve()).contains(ByteCount.ofGibibytes(1536));
    assertThat(configuration.limits())
        .isEqualTo(
            new BackupRunner.Limits(
                new GroupRules(
                    LoadOrder.LOAD_PER_TIME,
                    OrderBy.HOST,
                    Collective.MEAN,
                    50,
                    16,
                    new ReaderLimits(1, 2, 3)),
                35,
                new Sampling(100, ByteCount.ofGibibytes(1))));
    assertThat(configuration.timeouts().connect()).isEqualTo(Duration.ofMillis(100));
    assertThat(configuration.timeouts().answer()).isEqualTo(Duration.ofHours(1));
    assertThat(configuration.timeouts().operation()).isEqualTo(Duration.ofHours(24));
    assertThat(configuration.timeouts().poll()).isEqualTo(Duration.ofMinutes(1));
    assertThat(configuration.keyFile()).contains(directory.resolveSibling("key"));
  }

  @Test
  void everyKeyOfTheUpkeepIsRead() throws IOException {
    Configuration configuration =
        load(
            """
            retention.holds-allowed = true
            retention.without-policy = 4w
            retention.vm-gone-after = 24h
            collect.threshold-percent = 0
            collect.at-least-every = 8760h
            collect.window = 22:00-06:00 Europe/Berlin
            history.keep-runs = 0
            history.keep-audit = 7y
            """);
    assertThat(configuration.upkeep())
        .isEqualTo(
            new UpkeepSettings(
                true,
                Optional.of(Period.ofDays(28)),
                Duration.ofHours(24),
                new CollectSettings(
                    0,
                    Duration.ofHours(8760),
                    new DayWindow(
                        LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("Europe/Berlin"))),
                new HistorySettings(Optional.empty(), Optional.of(Period.ofYears(7)))));
  }

  @Test
  void everyKeyOfTheQueueIsRead() throws IOException {
    Configuration configuration =
        load(
            """
            queue.parallel-runs = 16
            queue.retries = 0
            queue.retry-after = 24h
            slots.capacity = 10000
            """);
    assertThat(configuration.queue())
        .isEqualTo(new QueueSettings(16, new RetryRule(0, Duration.ofHours(24))));
    assertThat(configuration.slotCapacity()).isEqualTo(10_000);
  }

  @Test
  void allProblemsAreReportedTogether() {
    assertThatThrownBy(
            () ->
                load(
                    """
                    http.address = 192.0.2.1
                    http.port = many
                    database.url = jdbc:postgresql://db/stillpoint?password=secret
                    repository.reserve = 20GB
                    backup.readers = 17
                    backup.reader = 2
                    backup.order = best
                    backup.sample-limit = much
                    limits.readers-per-host = -1
                    hypervisor.connect-timeout = 5
                    hypervisor.poll-interval = 2h
                    retention.holds-allowed = yes
                    retention.without-policy = 200y
                    log.format = xml
                    collect.window = at night
                    """))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("http.address: must be a loopback address")
        .hasMessageContaining("http.port: must be a number from 0 to 65535: many")
        .hasMessageContaining("database.url: The database's URL holds a password")
        .hasMessageNotContaining("secret")
        .hasMessageContaining("repository.reserve: must be 0 for none, or a size")
        .hasMessageContaining("backup.readers: must be a number from 1 to 16: 17")
        .hasMessageContaining(
            "backup.order: cannot be best. Give one of: highest-load, load-per-time, fifo,")
        .hasMessageContaining("backup.sample-limit: must be a size written like")
        .hasMessageContaining("limits.readers-per-host: must be a number from 0 to 16: -1")
        .hasMessageContaining("Unknown key: backup.reader")
        .hasMessageContaining("hypervisor.connect-timeout: must be a time from 100ms to 5m")
        .hasMessageContaining("hypervisor.poll-interval: must be a time from 10ms to 1m")
        .hasMessageContaining("retention.holds-allowed: must be true or false: yes")
        .hasMessageContaining("retention.without-policy: Points of manual runs cannot be kept")
        .hasMessageContaining("log.format: cannot be xml. Say text or json.")
        .hasMessageContaining("collect.window: 'at night' is no part of a day");
  }

  @Test
  void aRepositoryCanDoWithoutAReserve() throws IOException {
    assertThat(load("repository.reserve = 0").reserve()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path absent = directory.resolve("absent.conf");
    assertThatThrownBy(() -> ConfigurationLoader.load(absent))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("absent.conf");
  }

  private Configuration load(String text) throws IOException {
    return ConfigurationLoader.load(Files.writeString(directory.resolve("stillpoint.conf"), text));
  }
}
