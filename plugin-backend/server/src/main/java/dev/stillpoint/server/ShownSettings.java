package dev.stillpoint.server;

import dev.stillpoint.job.RunState;
import dev.stillpoint.rest.dto.SettingsDto;
import dev.stillpoint.server.configuration.Configuration;
import dev.stillpoint.server.notice.MailSettings;
import dev.stillpoint.server.notice.WebhookSettings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What of the configuration is shown to administrators: no file, no secret. */
final class ShownSettings {

  private ShownSettings() {}

  static SettingsDto of(Configuration configuration) {
    return new SettingsDto(
        configuration.notices().zone().getId(),
        configuration.notices().mail().map(ShownSettings::mail),
        configuration.notices().webhook().map(ShownSettings::webhook),
        new SettingsDto.LimitsDto(
            configuration.queue().parallelRuns(),
            configuration.slotCapacity(),
            configuration.limits().group().readers(),
            configuration.limits().group().batchSize()),
        new SettingsDto.KeepingDto(
            configuration.upkeep().holdsAllowed(),
            configuration.upkeep().collect().thresholdPercent()));
  }

  private static SettingsDto.MailDto mail(MailSettings mail) {
    return new SettingsDto.MailDto(
        mail.host(),
        mail.port(),
        mail.security().name().toLowerCase(Locale.ROOT),
        mail.login().map(MailSettings.Login::username),
        mail.from(),
        mail.to(),
        words(mail.when()));
  }

  private static SettingsDto.WebhookDto webhook(WebhookSettings webhook) {
    URI url = webhook.url();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return new SettingsDto.WebhookDto(
        url.getScheme() + "://" + url.getHost() + port,
        webhook.secretFile().isPresent(),
        words(webhook.when()));
  }

  private static List<String> words(Set<RunState> states) {
    return states.stream().map(state -> state.name().toLowerCase(Locale.ROOT)).sorted().toList();
  }
}
