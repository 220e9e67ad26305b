package dev.stillpoint.server.configuration;

import dev.stillpoint.job.RunState;
import dev.stillpoint.server.notice.MailSettings;
import dev.stillpoint.server.notice.NoticeSettings;
import dev.stillpoint.server.notice.WebhookSettings;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the keys {@code notice.…}, {@code mail.…} and {@code webhook.…}. */
final class NoticeKeys {

  private static final Pattern SERVER = Pattern.compile("([^:\\s]+|\\[[^\\]]+\\])(?::(\\d{1,5}))?");

  /** Whoever is told of every success does not see the one failure. */
  private static final String TROUBLE = "failed, warning";

  private final ConfigurationLoader keys;

  NoticeKeys(ConfigurationLoader keys) {
    this.keys = keys;
  }

  NoticeSettings read() {
    return new NoticeSettings(zone(), mail(), webhook());
  }

  private ZoneId zone() {
    String value = keys.take("notice.time-zone", "UTC");
    try {
      return ZoneId.of(value);
    } catch (DateTimeException e) {
      keys.problem("notice.time-zone: must be a zone such as Europe/Prague: " + value);
      return ZoneOffset.UTC;
    }
  }

  private Optional<MailSettings> mail() {
    String server = keys.take("mail.server", "");
    MailSettings.Security security = security();
    String username = keys.take("mail.username", "");
    Optional<Path> password = file("mail.password-file");
    String from = keys.take("mail.from", "");
    List<String> to = list("mail.to", "");
    Set<RunState> when = ends("mail.when");
    if (server.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = SERVER.matcher(server);
    if (!matcher.matches()) {
      keys.problem("mail.server: must be HOST or HOST:PORT: " + server);
      return Optional.empty();
    }
    if (to.isEmpty()) {
      keys.problem("mail.to: must name at least one address, as there is a mail.server");
    }
    if (username.isEmpty() == password.isPresent()) {
      keys.problem("mail.username, mail.password-file: must be given both, or neither");
    }
    to.forEach(address -> requireAddress("mail.to", address));
    requireAddress("mail.from", from);
    int port =
        matcher.group(2) == null ? standardPort(security) : Integer.parseInt(matcher.group(2));
    Optional<MailSettings.Login> login =
        password.map(file -> new MailSettings.Login(username, file));
    return Optional.of(new MailSettings(matcher.group(1), port, security, login, from, to, when));
  }

  private MailSettings.Security security() {
    String value = keys.take("mail.security", "starttls");
    for (MailSettings.Security security : MailSettings.Security.values()) {
      if (security.name().toLowerCase(Locale.ROOT).equals(value)) {
        return security;
      }
    }
    keys.problem("mail.security: must be none, starttls or tls: " + value);
    return MailSettings.Security.STARTTLS;
  }

  private static int standardPort(MailSettings.Security security) {
    return switch (security) {
      case NONE -> 25;
      case STARTTLS -> 587;
      case TLS -> 465;
    };
  }

  private void requireAddress(String key, String address) {
    try {
      new InternetAddress(address, true);
    } catch (AddressException e) {
      keys.problem(key + ": must be an address such as backup@example.com: " + address);
    }
  }

  private Optional<WebhookSettings> webhook() {
    String value = keys.take("webhook.url", "");
    Optional<Path> secret = file("webhook.secret-file");
    Set<RunState> when = ends("webhook.when");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = URI.create(value);
      if (List.of("http", "https").contains(url.getScheme()) && url.getHost() != null) {
        return Optional.of(new WebhookSettings(url, secret, when));
      }
    } catch (IllegalArgumentException ignored) {
      // Reported below, like any other that is none.
    }
    keys.problem("webhook.url: must begin with http:// or https:// and name a host");
    return Optional.empty();
  }

  private Optional<Path> file(String key) {
    return keys.optionalPath(key);
  }

  private List<String> list(String key, String defaultValue) {
    return Arrays.stream(keys.take(key, defaultValue).split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private Set<RunState> ends(String key) {
    Set<RunState> ends = EnumSet.noneOf(RunState.class);
    for (String word : list(key, TROUBLE)) {
      Optional<RunState> end =
          Arrays.stream(RunState.values())
              .filter(
                  state -> state.isFinal() && state.name().toLowerCase(Locale.ROOT).equals(word))
              .findFirst();
      end.ifPresentOrElse(
          ends::add,
          () ->
              keys.problem(
                  key + ": must be some of failed, warning, succeeded, cancelled: " + word));
    }
    return ends;
  }
}
