package dev.stillpoint.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.access.Access;
import dev.stillpoint.event.Change;
import dev.stillpoint.event.Changes;
import dev.stillpoint.event.Mailbox;
import dev.stillpoint.model.StillpointException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what a listener finds in his mailbox, on the thread of his request. */
final class EventStream implements StreamingOutput {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final long RENEWAL_NANOS = Duration.ofSeconds(60).toNanos();

  /** The container holds an answer back until it has so much of it. */
  private static final int HELD_BACK_BYTES = 8192;

  private final Changes changes;
  private final Supplier<Access> caller;
  private final EventFilter filter;
  private final Function<Object, String> json;

  EventStream(
      Changes changes, Supplier<Access> caller, EventFilter filter, Function<Object, String> json) {
    this.changes = changes;
    this.caller = caller;
    this.filter = filter;
    this.json = json;
  }

  @Override
  public void write(OutputStream out) {
    try (Mailbox mailbox = changes.listen()) {
      send(out, ":" + " ".repeat(HELD_BACK_BYTES) + "\n\n");
      Access access = caller.get();
      long asked = System.nanoTime();
      Optional<List<Change>> news = mailbox.take(HEARTBEAT);
      while (news.isPresent()) {
        if (System.nanoTime() - asked > RENEWAL_NANOS) {
          access = caller.get();
          asked = System.nanoTime();
        }
        send(out, text(news.get(), access));
        news = mailbox.take(HEARTBEAT);
      }
    } catch (IOException e) {
      LOG.debug("a listener has gone: {}", e.getMessage());
    } catch (NotAuthorizedException | StillpointException e) {
      LOG.debug("a listener may not listen any more: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String text(List<Change> news, Access access) {
    StringBuilder text = new StringBuilder();
    for (Change change : news) {
      filter
          .of(change, access)
          .ifPresent(
              event ->
                  text.append("event: ")
                      .append(event.name())
                      .append("\ndata: ")
                      .append(json.apply(event.data()))
                      .append("\n\n"));
    }
    return news.isEmpty() ? ": still here\n\n" : text.toString();
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }
}
