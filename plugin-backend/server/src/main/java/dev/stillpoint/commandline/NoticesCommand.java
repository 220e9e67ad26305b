package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;

/** {@code stillpoint notices}. */
@Command(
    description = {
      "Shows who is told of runs: by mail, by a webhook.",
      "What it shows stands in the server's configuration file."
    })
final class NoticesCommand implements Callable<Integer> {

  private final Session session;

  NoticesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.answer(session.api().get("/settings"), answer -> print(answer.document()));
  }

  @Command(name = "test-mail", description = "Sends a mail and says whether it was taken.")
  int testMail() {
    return test("/settings/mail/test");
  }

  @Command(name = "test-webhook", description = "Calls the webhook and says whether it took it.")
  int testWebhook() {
    return test("/settings/webhook/test");
  }

  private int test(String path) {
    Answer answer = session.api().post(path);
    boolean taken = answer.document().path("taken").asBoolean();
    session.answer(
        answer,
        now ->
            session
                .out()
                .println(
                    (taken ? "Taken: " : "Not taken: ")
                        + Wording.harmless(now.document().path("detail").asText())));
    return taken ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  private void print(JsonNode settings) {
    PrintWriter out = session.out();
    JsonNode mail = settings.path("mail");
    out.println(
        "Mail     "
            + (mail.isObject()
                ? "%s by %s:%d (%s), when %s"
                    .formatted(
                        words(mail.path("to")),
                        Wording.harmless(mail.path("server").asText()),
                        mail.path("port").asInt(),
                        mail.path("security").asText(),
                        words(mail.path("when")))
                : "none"));
    JsonNode webhook = settings.path("webhook");
    out.println(
        "Webhook  "
            + (webhook.isObject()
                ? "%s (%s), when %s"
                    .formatted(
                        Wording.harmless(webhook.path("server").asText()),
                        webhook.path("signed").asBoolean() ? "signed" : "not signed",
                        words(webhook.path("when")))
                : "none"));
    out.println("Times    UTC and " + Wording.harmless(settings.path("timeZone").asText()));
  }

  private static String words(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .map(Wording::harmless)
        .collect(Collectors.joining(", "));
  }
}
