package dev.stillpoint.commandline;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;

/** The Stillpoint server itself cannot be reached: nothing is known about the request's fate. */
final class ServerUnreachableException extends StillpointException {

  private static final long serialVersionUID = 1L;

  ServerUnreachableException(String message, String remedy, Throwable cause) {
    super(ErrorKind.STORAGE_UNAVAILABLE, message, remedy, cause);
  }
}
