package dev.stillpoint.commandline;

import picocli.CommandLine.Option;

/** The options that bound a list in time. */
final class TimeOptions {

  @Option(
      names = "--from",
      defaultValue = "",
      paramLabel = "TIME",
      description = "Not before this: 2026-11-21 (a day in UTC) or 2026-11-21T05:30:00Z.")
  private String from;

  @Option(
      names = "--to",
      defaultValue = "",
      paramLabel = "TIME",
      description = "Before this; a day counts as a whole.")
  private String to;

  String from() {
    return from;
  }

  String to() {
    return to;
  }
}
