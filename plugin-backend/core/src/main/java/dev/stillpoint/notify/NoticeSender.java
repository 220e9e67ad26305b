package dev.stillpoint.notify;

import dev.stillpoint.job.RunState;

/** One way that notices go. Used by one thread. */
public interface NoticeSender {

  /** For the log: {@code mail to ops@example.com}. */
  String name();

  /** Whether a run that ended so is told of. */
  boolean wants(RunState end);

  /**
   * Hands a notice over; takes as long as the network needs, within a limit of its own.
   *
   * @throws NoticeException when it was not taken
   */
  void send(RunReport report) throws NoticeException;
}
