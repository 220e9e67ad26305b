package dev.stillpoint.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.event.Changes;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.persistence.Database;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.rest.EventsResource;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.server.configuration.Configuration;
import java.time.InstantSource;
import org.glassfish.jersey.server.ResourceConfig;

/** What people at a console need beside the lists, wired together. */
final class ConsoleParts implements AutoCloseable {

  private final Configuration configuration;
  private final Database database;
  private final Changes changes;

  ConsoleParts(
      Configuration configuration,
      Database database,
      Repository repository,
      RunQueue queue,
      InstantSource clock) {
    this.configuration = configuration;
    this.database = database;
    this.changes =
        new Changes(new Changes.Sources(queue::unfinished, queue::find, repository::space), clock);
  }

  /** A point of that VM has gone. */
  void lost(VmRef vm) {
    changes.lost(vm);
  }

  void start() {
    changes.start();
  }

  /** Adds what callers see of it. */
  void register(ResourceConfig api) {
    ObjectMapper json = new JsonProvider().getContext(EventsResource.class);
    api.register(
        new EventsResource(
            changes,
            database.catalog(),
            configuration.repository(),
            data -> {
              try {
                return json.writeValueAsString(data);
              } catch (JsonProcessingException e) {
                throw new IllegalStateException("Every event can be written", e);
              }
            }));
  }

  @Override
  public void close() {
    changes.close();
  }
}
