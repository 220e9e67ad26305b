package dev.stillpoint.server.configuration;

import java.nio.file.Path;
import java.util.List;

/** The configuration cannot be used; says everything that is wrong with it. */
public final class ConfigurationException extends RuntimeException {

  ConfigurationException(Path file, List<String> problems) {
    super("The configuration " + file + " has problems:\n  " + String.join("\n  ", problems));
  }
}
