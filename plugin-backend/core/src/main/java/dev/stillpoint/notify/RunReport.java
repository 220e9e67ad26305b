package dev.stillpoint.notify;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.Run;

/**
 * What is told of a run that has ended.
 *
 * @param subject one line
 * @param text for people who read plain text, lines of at most some 100 letters
 * @param html the same as a whole page, without anything fetched from elsewhere
 */
public record RunReport(Run run, String subject, String text, String html) {

  public RunReport {
    requireNonNull(run, "run");
    requireNonNull(subject, "subject");
    requireNonNull(text, "text");
    requireNonNull(html, "html");
  }
}
