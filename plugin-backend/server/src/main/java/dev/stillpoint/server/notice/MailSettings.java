package dev.stillpoint.server.notice;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.RunState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where mail goes.
 *
 * @param from one address, as mail programs write it
 * @param to at least one address
 * @param when the ends of runs that are told
 */
public record MailSettings(
    String host,
    int port,
    Security security,
    Optional<Login> login,
    String from,
    List<String> to,
    Set<RunState> when) {

  /** How the connection to the mail server is protected. */
  public enum Security {
    NONE,
    STARTTLS,
    TLS
  }

  /**
   * An account at the mail server.
   *
   * @param passwordFile read for each mail, so that it can be changed at any time
   */
  public record Login(String username, Path passwordFile) {}

  public MailSettings {
    requireNonNull(host, "host");
    requireNonNull(security, "security");
    requireNonNull(login, "login");
    requireNonNull(from, "from");
    to = List.copyOf(to);
    when = Set.copyOf(when);
  }
}
