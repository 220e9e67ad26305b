package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;

/** The engine answered and refused. */
final class OvirtException extends StillpointException {

  /** The status of something that was accepted and failed afterwards. */
  static final int AFTERWARDS = 0;

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String detail;

  OvirtException(ErrorKind kind, String message, String remedy, int status, String detail) {
    super(kind, message, remedy);
    this.status = status;
    this.detail = detail;
  }

  /** The HTTP status of the refusal; {@link #AFTERWARDS} where there was none. */
  int status() {
    return status;
  }

  /** The fault's text without brackets; empty where there was none. */
  String detail() {
    return detail;
  }

  /** It was accepted, and failed afterwards; there is no HTTP status then. */
  boolean isAfterwards() {
    return status == AFTERWARDS;
  }

  /** The engine understood and did nothing: the request need not be undone. */
  boolean isDefinite() {
    return status >= 400 && status < 500;
  }
}
