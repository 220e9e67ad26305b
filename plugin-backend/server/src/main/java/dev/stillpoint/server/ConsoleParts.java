package dev.stillpoint.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.access.Identities;
import dev.stillpoint.access.SignIns;
import dev.stillpoint.event.Changes;
import dev.stillpoint.health.Health;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.persistence.Database;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.rest.EventsResource;
import dev.stillpoint.rest.HealthResource;
import dev.stillpoint.rest.SettingsResource;
import dev.stillpoint.rest.SignInResource;
import dev.stillpoint.rest.SignOutResource;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.server.configuration.Configuration;
import dev.stillpoint.server.notice.Mail;
import dev.stillpoint.server.notice.NoticeSettings;
import dev.stillpoint.server.notice.Webhook;
import dev.stillpoint.site.Sites;
import java.time.Duration;
import java.time.InstantSource;
import org.glassfish.jersey.server.ResourceConfig;

/** What people at a console need beside the lists, wired together. */
final class ConsoleParts implements AutoCloseable {

  private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(5);

  private final Configuration configuration;
  private final Database database;
  private final InstantSource clock;
  private final Changes changes;
  private final Health health;

  ConsoleParts(
      Configuration configuration,
      Database database,
      Repository repository,
      RunQueue queue,
      InstantSource clock) {
    this.configuration = configuration;
    this.database = database;
    this.clock = clock;
    this.changes =
        new Changes(new Changes.Sources(queue::unfinished, queue::find, repository::space), clock);
    queue.observe(changes);
    this.health =
        new Health(
            database.slotStarts()::lastLook,
            repository,
            configuration.repository(),
            clock,
            DATABASE_PATIENCE);
  }

  /** A point of that VM has gone. */
  void lost(VmRef vm) {
    changes.lost(vm);
  }

  Health health() {
    return health;
  }

  void start() {
    changes.start();
  }

  /** Adds what callers see of it. */
  void register(ResourceConfig api, Sites sites, Identities identities) {
    ObjectMapper json = new JsonProvider().getContext(EventsResource.class);
    SignIns signIns = new SignIns(sites, identities, clock);
    NoticeSettings notices = configuration.notices();
    api.register(new HealthResource(health))
        .register(new RemoteAddressFilter())
        .register(new SignInResource(signIns))
        .register(new SignOutResource(signIns))
        .register(
            new SettingsResource(
                ShownSettings.of(configuration),
                notices.mail().map(mail -> new Mail(mail, clock)),
                notices.webhook().map(hook -> new Webhook(hook, json, clock)),
                sites))
        .register(
            new EventsResource(
                changes, database.catalog(), configuration.repository(), data -> text(json, data)));
  }

  private static String text(ObjectMapper json, Object data) {
    try {
      return json.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every event can be written", e);
    }
  }

  @Override
  public void close() {
    changes.close();
    health.close();
  }
}
