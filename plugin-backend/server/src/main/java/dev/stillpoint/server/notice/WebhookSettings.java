package dev.stillpoint.server.notice;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.RunState;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Who is called when a run has ended.
 *
 * @param secretFile what calls are signed with, read for each; without it they are not signed
 * @param when the ends of runs that are told
 */
public record WebhookSettings(URI url, Optional<Path> secretFile, Set<RunState> when) {

  public WebhookSettings {
    requireNonNull(url, "url");
    requireNonNull(secretFile, "secretFile");
    when = Set.copyOf(when);
  }
}
