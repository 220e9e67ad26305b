package dev.stillpoint.server.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes each event as one line of JSON: {@code time} (UTC), {@code level}, {@code logger}, {@code
 * thread}, {@code message}; where they are known {@code run}, {@code site}, {@code vm} and what
 * else the message says as {@code key=value}; {@code stack} of a failure.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

  /** Only these become fields: anybody may have a word with an equals sign in the name of a VM. */
  private static final Pattern FACT =
      Pattern.compile("(?<!\\S)(run|site|vm|disk|point|policy|repository)=([^\\s,;]+)");

  private final JsonFactory json = new JsonFactory();

  static JsonLines started(LoggerContext context) {
    JsonLines lines = new JsonLines();
    lines.setContext(context);
    lines.start();
    return lines;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    String message = String.valueOf(event.getFormattedMessage());
    try (JsonGenerator out = json.createGenerator(line)) {
      out.writeStartObject();
      out.writeStringField("time", event.getInstant().toString());
      out.writeStringField("level", event.getLevel().toString());
      out.writeStringField("logger", event.getLoggerName());
      out.writeStringField("thread", event.getThreadName());
      out.writeStringField("message", message);
      for (Map.Entry<String, String> fact : facts(event, message).entrySet()) {
        out.writeStringField(fact.getKey(), fact.getValue());
      }
      if (event.getThrowableProxy() != null) {
        out.writeStringField("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory can be written", e);
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static Map<String, String> facts(ILoggingEvent event, String message) {
    Map<String, String> facts = new TreeMap<>(event.getMDCPropertyMap());
    Matcher matcher = FACT.matcher(message);
    while (matcher.find()) {
      facts.putIfAbsent(matcher.group(1), matcher.group(2));
    }
    facts.keySet().removeAll(Set.of("time", "level", "logger", "thread", "message", "stack"));
    return facts;
  }
}
