package dev.stillpoint.server.notice;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.Optional;

/**
 * Who is told of runs, and how.
 *
 * @param zone in which times are shown beside UTC
 */
public record NoticeSettings(
    ZoneId zone, Optional<MailSettings> mail, Optional<WebhookSettings> webhook) {

  public NoticeSettings {
    requireNonNull(zone, "zone");
    requireNonNull(mail, "mail");
    requireNonNull(webhook, "webhook");
  }
}
