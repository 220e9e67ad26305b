package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.GlobalOptions;
import dev.stillpoint.terminal.Surroundings;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** What every command shares: the server it talks to, and how it answers the user. */
final class Session {

  private static final String DEFAULT_SERVER = "http://127.0.0.1:8470";

  private final Surroundings around;
  private final GlobalOptions options;

  Session(Surroundings around, GlobalOptions options) {
    this.around = around;
    this.options = options;
  }

  Surroundings around() {
    return around;
  }

  PrintWriter out() {
    return around.out();
  }

  boolean json() {
    return options.json();
  }

  RunReport runReport() {
    return new RunReport(around.out(), around.zone());
  }

  Api api() {
    String server =
        options.server().isEmpty()
            ? around.variable("STILLPOINT_SERVER").orElse(DEFAULT_SERVER)
            : options.server();
    return new Api(server, new TokenFile(around).read(options.tokenFile()));
  }

  /** Gives the answer: as it came with {@code --json}, else in words. */
  int answer(Answer answer, Consumer<Answer> words) {
    if (json()) {
      if (!answer.body().isBlank()) {
        out().println(answer.body().strip());
      }
    } else {
      words.accept(answer);
    }
    return ExitCode.OK;
  }

  /** Waits for the run that was accepted, unless the user does not want to, and reports it. */
  int runAccepted(Api api, Answer accepted, boolean wait) {
    String id = accepted.document().path("id").asText();
    if (!wait) {
      return answer(
          accepted,
          run -> {
            out().println("Run " + id + " is " + run.document().path("state").asText() + ".");
            out().println("Watch it: stillpoint runs watch " + id);
          });
    }
    return watched(new RunWatcher(api, around).watch(id));
  }

  /** Reports a run that has ended. */
  int watched(Answer run) {
    answer(run, ended -> runReport().one(ended.document()));
    return ExitCode.ofRun(run.document());
  }

  /** The id of the site the user named, or of the only one there is. */
  String siteId(Api api, String named) {
    if (!named.isEmpty()) {
      return api.get(Api.path("sites", named)).document().path("id").asText();
    }
    JsonNode sites = api.get("/sites").document().path("items");
    if (sites.isEmpty()) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND,
          "No site is known yet",
          "Add one: stillpoint sites add NAME --url URL --user USER");
    }
    if (sites.size() > 1) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "There are " + sites.size() + " sites, and none was named",
          "Name one with --site; stillpoint sites list shows them.");
    }
    return sites.path(0).path("id").asText();
  }
}
