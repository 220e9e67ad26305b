package dev.stillpoint.notify;

/** A notice was not taken. */
public final class NoticeException extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean worthAnotherTry;

  /**
   * @param message what went wrong, without any secret
   * @param worthAnotherTry whether it may be taken later though nobody changes anything
   */
  public NoticeException(String message, boolean worthAnotherTry, Throwable cause) {
    super(message, cause);
    this.worthAnotherTry = worthAnotherTry;
  }

  public boolean worthAnotherTry() {
    return worthAnotherTry;
  }
}
