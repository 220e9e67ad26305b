package dev.stillpoint.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.model.StillpointException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  private static final String ODD = "a \"b\" \\ \n\r\t\u0001\u2028 🦊 Ünïcödé \ud800";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  private Logger log;

  @BeforeEach
  void start() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(mdc);
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(JsonLines.started(context));
    appender.setOutputStream(written);
    appender.start();
    log = context.getLogger("dev.stillpoint.Odd");
    log.addAppender(appender);
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : written.toString(UTF_8).split("\n")) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void everyEventIsOneLineThatParses() throws IOException {
    log.info("plain");
    log.warn("odd {}", ODD);
    log.error("failed", new IllegalStateException(ODD, new IOException("why")));
    log.info(null);
    List<JsonNode> lines = lines();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0).get("level").asText()).isEqualTo("INFO");
    assertThat(lines.get(0).get("logger").asText()).isEqualTo("dev.stillpoint.Odd");
    assertThat(lines.get(0).get("message").asText()).isEqualTo("plain");
    assertThat(Instant.parse(lines.get(0).get("time").asText())).isBeforeOrEqualTo(Instant.now());
    assertThat(lines.get(1).get("message").asText()).startsWith("odd a \"b\" \\ \n\r\t\u0001");
    assertThat(lines.get(2).get("stack").asText())
        .contains("IllegalStateException", "Caused by: java.io.IOException: why", "JsonLinesTest");
    assertThat(lines.get(0).has("stack")).isFalse();
  }

  @Test
  void whatTheMessageAndTheContextKnowBecomesFields() throws IOException {
    mdc.put("site", "lab");
    mdc.put("level", "forged");
    log.info("run={} vm=web01 key=value committed", "r-1");
    JsonNode line = lines().get(0);
    assertThat(line.get("run").asText()).isEqualTo("r-1");
    assertThat(line.get("vm").asText()).isEqualTo("web01");
    assertThat(line.get("site").asText()).isEqualTo("lab");
    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.has("key")).isFalse();
  }

  @Test
  void onlyTheseFormatsAreKnown() {
    assertThat(LogFormat.parse("json")).isEqualTo(LogFormat.JSON);
    assertThat(LogFormat.parse("text")).isEqualTo(LogFormat.TEXT);
    assertThatThrownBy(() -> LogFormat.parse("xml"))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("xml");
  }
}
