package dev.stillpoint.server.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.job.RunState;
import dev.stillpoint.notify.NoticeException;
import dev.stillpoint.notify.NoticeSender;
import dev.stillpoint.notify.NoticeTrial;
import dev.stillpoint.notify.RunReport;
import dev.stillpoint.rest.dto.RunDto;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts a run that has ended to a URL, as JSON.
 *
 * <p>The header {@code Stillpoint-Signature: t=SECONDS,v1=HEX} holds HMAC-SHA-256, with the
 * secret's UTF-8 bytes as key, of {@code SECONDS.BODY}: the receiver can tell that it is we who
 * called, and that nobody repeats an old call.
 */
public final class Webhook implements NoticeSender, NoticeTrial {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int TOO_MANY_REQUESTS = 429;

  private final WebhookSettings settings;
  private final ObjectMapper json;
  private final InstantSource clock;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /**
   * @param json writes as the API does
   */
  public Webhook(WebhookSettings settings, ObjectMapper json, InstantSource clock) {
    this.settings = settings;
    this.json = json;
    this.clock = clock;
  }

  /** What is posted; the run as the API shows it, and none in a trial. */
  record Call(String event, Instant time, String summary, Optional<RunDto> run) {}

  @Override
  public String name() {
    // Not the path: it may be a secret.
    return "webhook at " + settings.url().getHost();
  }

  @Override
  public boolean wants(RunState end) {
    return settings.when().contains(end);
  }

  @Override
  public void send(RunReport report) throws NoticeException {
    send("run.ended", report.subject(), Optional.of(RunDto.of(report.run())));
  }

  @Override
  public void tryOut() throws NoticeException {
    send("trial", "Stillpoint: a trial", Optional.empty());
  }

  private void send(String event, String summary, Optional<RunDto> run) throws NoticeException {
    Instant now = clock.instant();
    byte[] body = body(new Call(event, now, summary, run));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.url())
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "Stillpoint")
            .POST(BodyPublishers.ofByteArray(body));
    if (settings.secretFile().isPresent()) {
      request.header("Stillpoint-Signature", signature(now.getEpochSecond(), body));
    }
    try {
      HttpResponse<Void> answer = http.send(request.build(), BodyHandlers.discarding());
      requireTaken(answer.statusCode());
    } catch (IOException e) {
      throw new NoticeException(name() + ": " + e, true, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoticeException("interrupted", false, e);
    }
  }

  private void requireTaken(int status) throws NoticeException {
    if (status / 100 != 2) {
      boolean later = status >= 500 || status == TOO_MANY_REQUESTS;
      throw new NoticeException(name() + " answered " + status, later, null);
    }
  }

  private byte[] body(Call call) throws NoticeException {
    try {
      return json.writeValueAsBytes(call);
    } catch (JsonProcessingException e) {
      throw new NoticeException("the run cannot be written as JSON", false, e);
    }
  }

  private String signature(long seconds, byte[] body) throws NoticeException {
    try {
      String secret = Files.readString(settings.secretFile().orElseThrow(), UTF_8).strip();
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new NoticeException("the webhook's secret cannot be used: " + e, true, e);
    }
  }
}
