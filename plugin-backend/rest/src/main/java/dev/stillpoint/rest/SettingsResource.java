package dev.stillpoint.rest;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.notify.NoticeException;
import dev.stillpoint.notify.NoticeTrial;
import dev.stillpoint.rest.dto.SettingsDto;
import dev.stillpoint.rest.dto.TrialDto;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/** {@code /settings}: what the configuration file says, and whether notices arrive. */
@Path("settings")
@Produces(MediaType.APPLICATION_JSON)
public final class SettingsResource {

  private final SettingsDto settings;
  private final Optional<NoticeTrial> mail;
  private final Optional<NoticeTrial> webhook;
  private final Sites sites;

  public SettingsResource(
      SettingsDto settings,
      Optional<NoticeTrial> mail,
      Optional<NoticeTrial> webhook,
      Sites sites) {
    this.settings = settings;
    this.mail = mail;
    this.webhook = webhook;
    this.sites = sites;
  }

  /** What the configuration file says, without any secret. */
  @GET
  public SettingsDto get(@Context SecurityContext security) {
    AccessContext.of(security).requireAdministrator();
    return settings;
  }

  /** Sends a mail to those who are told of runs, and says what came of it. */
  @POST
  @Path("mail/test")
  public TrialDto mail(@Context SecurityContext security) {
    AccessContext.of(security).requireAdministratorOfAll(sites);
    return tried(mail, "mail.server");
  }

  /** Calls the webhook with a trial event, and says what came of it. */
  @POST
  @Path("webhook/test")
  public TrialDto webhook(@Context SecurityContext security) {
    AccessContext.of(security).requireAdministratorOfAll(sites);
    return tried(webhook, "webhook.url");
  }

  private static TrialDto tried(Optional<NoticeTrial> trial, String key) {
    NoticeTrial one =
        trial.orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.CONFLICT,
                    "It is not configured: there is no " + key,
                    "Set it in the server's configuration file and start the server again."));
    try {
      one.tryOut();
      return new TrialDto(true, one.name());
    } catch (NoticeException e) {
      return new TrialDto(false, String.valueOf(e.getMessage()));
    }
  }
}
