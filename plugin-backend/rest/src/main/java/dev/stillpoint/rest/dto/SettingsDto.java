package dev.stillpoint.rest.dto;

import dev.stillpoint.rest.openapi.Words;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration file says, as far as people at a console need it; no secret is in it.
 *
 * @param timeZone in which notices show times beside UTC
 * @param mail absent: no mail is sent
 * @param webhook absent: nobody is called
 */
public record SettingsDto(
    String timeZone,
    Optional<MailDto> mail,
    Optional<WebhookDto> webhook,
    LimitsDto limits,
    KeepingDto keeping) {

  /**
   * Where mail goes.
   *
   * @param security {@code none}, {@code starttls}, {@code tls}
   * @param username the account at the mail server; absent: none is needed
   * @param when the ends of runs that are told
   */
  public record MailDto(
      String server,
      int port,
      @Words({"none", "starttls", "tls"}) String security,
      Optional<String> username,
      String from,
      List<String> to,
      @Words({"failed", "warning", "succeeded", "cancelled"}) List<String> when) {}

  /**
   * Who is called.
   *
   * @param server without the path, which may be a secret
   * @param signed whether the receiver can tell that it is we who call
   */
  public record WebhookDto(
      String server,
      boolean signed,
      @Words({"failed", "warning", "succeeded", "cancelled"}) List<String> when) {}

  /**
   * How much may be done at once.
   *
   * @param slotCapacity so many policies may start in one hour
   * @param readers VMs of a run that are read side by side
   * @param batchSize VMs that share a snapshot time; 0: all of a run
   */
  public record LimitsDto(int parallelRuns, int slotCapacity, int readers, int batchSize) {}

  /**
   * How points are kept.
   *
   * @param holdsAllowed whether a point may be kept beyond its time by hand
   * @param collectThresholdPercent so much must be reclaimable before a collection begins by itself
   */
  public record KeepingDto(boolean holdsAllowed, int collectThresholdPercent) {}
}
