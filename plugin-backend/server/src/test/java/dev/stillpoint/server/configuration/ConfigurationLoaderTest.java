package dev.stillpoint.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.backup.BackupRunner;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.upkeep.CollectSettings;
import dev.stillpoint.upkeep.DayWindow;
import dev.stillpoint.upkeep.UpkeepSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
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
    assertThat(configuration.repository()).isEqualTo(directory.resolve("data/repository"));
    assertThat(configuration.reserve()).contains(ByteCount.ofGibibytes(20));
    assertThat(configuration.limits()).isEqualTo(new BackupRunner.Limits(2, 20));
    assertThat(configuration.timeouts().connect()).isEqualTo(Duration.ofSeconds(5));
    assertThat(configuration.timeouts().answer()).isEqualTo(Duration.ofSeconds(60));
    assertThat(configuration.timeouts().operation()).isEqualTo(Duration.ofMinutes(30));
    assertThat(configuration.timeouts().poll()).isEqualTo(Duration.ofSeconds(2));
    assertThat(configuration.keyFile()).isEmpty();
    assertThat(configuration.upkeep()).isEqualTo(UpkeepSettings.standard());
  }

  @Test
  void everyKeyIsRead() throws IOException {
    Configuration configuration =
        load(
            """
            http.address = ::1
            http.port = 9000
            data.directory = ../elsewhere
            repository.directory = /srv/büro
            repository.reserve = 1.5 TiB
            backup.readers = 16
            backup.snapshot-room-percent = 35
            hypervisor.connect-timeout = 100ms
            hypervisor.answer-timeout = 1h
            hypervisor.operation-timeout = 24h
            hypervisor.poll-interval = 1 m
            repository.key-file = ../key
            retention.holds-allowed = true
            retention.without-policy = 4w
            retention.vm-gone-after = 24h
            collect.threshold-percent = 0
            collect.at-least-every = 8760h
            collect.window = 22:00-06:00 Europe/Berlin
            """);
    assertThat(configuration.address()).isEqualTo("::1");
    assertThat(configuration.port()).isEqualTo(9000);
    assertThat(configuration.data()).isEqualTo(directory.resolveSibling("elsewhere"));
    assertThat(configuration.repository()).isEqualTo(Path.of("/srv/büro"));
    assertThat(configuration.reserve()).contains(ByteCount.ofGibibytes(1536));
    assertThat(configuration.limits()).isEqualTo(new BackupRunner.Limits(16, 35));
    assertThat(configuration.timeouts().connect()).isEqualTo(Duration.ofMillis(100));
    assertThat(configuration.timeouts().answer()).isEqualTo(Duration.ofHours(1));
    assertThat(configuration.timeouts().operation()).isEqualTo(Duration.ofHours(24));
    assertThat(configuration.timeouts().poll()).isEqualTo(Duration.ofMinutes(1));
    assertThat(configuration.keyFile()).contains(directory.resolveSibling("key"));
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
                        LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("Europe/Berlin")))));
  }

  @Test
  void allProblemsAreReportedTogether() {
    assertThatThrownBy(
            () ->
                load(
                    """
                    http.address = 192.0.2.1
                    http.port = many
                    repository.reserve = 20GB
                    backup.readers = 17
                    backup.reader = 2
                    hypervisor.connect-timeout = 5
                    hypervisor.poll-interval = 2h
                    retention.holds-allowed = yes
                    retention.without-policy = 200y
                    collect.window = at night
                    """))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("http.address: must be a loopback address")
        .hasMessageContaining("http.port: must be a number from 0 to 65535: many")
        .hasMessageContaining("repository.reserve: must be 0 for none, or a size")
        .hasMessageContaining("backup.readers: must be a number from 1 to 16: 17")
        .hasMessageContaining("Unknown key: backup.reader")
        .hasMessageContaining("hypervisor.connect-timeout: must be a time from 100ms to 5m")
        .hasMessageContaining("hypervisor.poll-interval: must be a time from 10ms to 1m")
        .hasMessageContaining("retention.holds-allowed: must be true or false: yes")
        .hasMessageContaining("retention.without-policy: Points of manual runs cannot be kept")
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
