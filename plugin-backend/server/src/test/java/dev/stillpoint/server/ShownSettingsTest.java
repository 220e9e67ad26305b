package dev.stillpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.rest.dto.SettingsDto;
import dev.stillpoint.server.configuration.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownSettingsTest {

  @TempDir Path directory;

  private SettingsDto shown(String file) throws IOException {
    Path path = Files.writeString(directory.resolve("stillpoint.conf"), file);
    return ShownSettings.of(ConfigurationLoader.load(path));
  }

  @Test
  void tellsWhoIsToldAndNoSecret() throws IOException {
    SettingsDto shown =
        shown(
            """
            notice.time-zone = Europe/Prague
            mail.server = mail.example.com
            mail.username = backup
            mail.password-file = s3cret-file
            mail.from = backup@example.com
            mail.to = ops@example.com, boss@example.com
            webhook.url = https://chat.example.com:8443/hooks/s3cret?token=s3cret
            webhook.secret-file = s3cret-file
            webhook.when = succeeded, failed
            slots.capacity = 7
            """);
    assertThat(shown.timeZone()).isEqualTo("Europe/Prague");
    SettingsDto.MailDto mail = shown.mail().orElseThrow();
    assertThat(mail.server()).isEqualTo("mail.example.com");
    assertThat(mail.port()).isEqualTo(587);
    assertThat(mail.to()).containsExactly("ops@example.com", "boss@example.com");
    assertThat(mail.when()).containsExactly("failed", "warning");
    SettingsDto.WebhookDto webhook = shown.webhook().orElseThrow();
    assertThat(webhook.server()).isEqualTo("https://chat.example.com:8443");
    assertThat(webhook.signed()).isTrue();
    assertThat(webhook.when()).containsExactly("failed", "succeeded");
    assertThat(shown.limits().slotCapacity()).isEqualTo(7);
    assertThat(shown.toString()).doesNotContain("s3cret");
  }

  @Test
  void anEmptyFileTellsNobody() throws IOException {
    SettingsDto shown = shown("");
    assertThat(shown.mail()).isEmpty();
    assertThat(shown.webhook()).isEmpty();
    assertThat(shown.timeZone()).isEqualTo("UTC");
  }
}
