package dev.stillpoint.notify;

/** A way that notices go, to be tried out. */
public interface NoticeTrial {

  /** For people: {@code mail to ops@example.com}. */
  String name();

  /**
   * Sends one that says it is a trial, and waits until it was taken.
   *
   * @throws NoticeException when it was not
   */
  void tryOut() throws NoticeException;
}
