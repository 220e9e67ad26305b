package dev.stillpoint.hypervisor.lab.imageio;

import java.util.Map;

/** A refusal of the data endpoint. */
final class ImageFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  private ImageFault(int status, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  static ImageFault bad(String message) {
    return new ImageFault(400, message, Map.of());
  }

  /** A refused ticket also costs the connection. */
  static ImageFault forbidden(String why) {
    return new ImageFault(
        403, "You are not allowed to access this resource: " + why, Map.of("Connection", "close"));
  }

  static ImageFault notFound(String message) {
    return new ImageFault(404, message, Map.of());
  }

  static ImageFault methodNotAllowed(String method) {
    return new ImageFault(405, "Method not allowed: " + method, Map.of());
  }

  static ImageFault outOfRange(long size) {
    return new ImageFault(
        416, "Requested range out of allowed range", Map.of("Content-Range", "bytes */" + size));
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }
}
