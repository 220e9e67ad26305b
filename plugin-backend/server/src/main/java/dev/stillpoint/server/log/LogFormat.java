package dev.stillpoint.server.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Iterator;
import org.slf4j.LoggerFactory;

/** The form of the log. */
public enum LogFormat {
  TEXT,
  JSON;

  /**
   * @throws StillpointException BAD_REQUEST
   */
  public static LogFormat parse(String word) {
    return switch (word) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default ->
          throw new StillpointException(
              ErrorKind.BAD_REQUEST, "There is no log format '" + word + "'", "Say text or json.");
    };
  }

  /** From now on all that is logged to the console has this form; text is what it begins with. */
  public void apply() {
    if (this == TEXT || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    Iterator<Appender<ILoggingEvent>> appenders =
        context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
    appenders.forEachRemaining(
        appender -> {
          if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
            console.stop();
            console.setEncoder(JsonLines.started(context));
            console.start();
          }
        });
  }
}
