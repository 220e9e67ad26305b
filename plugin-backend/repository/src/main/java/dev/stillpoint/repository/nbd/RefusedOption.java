package dev.stillpoint.repository.nbd;

/** An option that is answered with an error; the negotiation goes on. */
final class RefusedOption extends Exception {

  private final int replyType;

  /**
   * @param replyType one of the REP_ERR numbers
   * @param message for the client's user
   */
  RefusedOption(int replyType, String message) {
    super(message);
    this.replyType = replyType;
  }

  static RefusedOption invalid(String message) {
    return new RefusedOption(Wire.REP_ERR_INVALID, message);
  }

  int replyType() {
    return replyType;
  }
}
