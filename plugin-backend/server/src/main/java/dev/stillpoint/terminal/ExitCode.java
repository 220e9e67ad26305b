package dev.stillpoint.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.model.ErrorKind;

/** What the program's exit code says; scripts rely on the numbers, so they never change. */
public final class ExitCode {

  public static final int OK = 0;
  public static final int RUN_FAILED = 1;

  /** What was compared differs; as cmp and diff have it. */
  public static final int DIFFERENT = 1;

  public static final int USAGE = 2;
  public static final int NOT_FOUND = 3;
  public static final int CONFLICT = 4;
  public static final int NOT_PERMITTED = 5;
  public static final int UNAVAILABLE = 6;
  public static final int OUT_OF_SPACE = 7;
  public static final int WARNINGS = 8;
  public static final int CORRUPT = 9;
  public static final int INTERNAL = 10;

  private ExitCode() {}

  public static int of(ErrorKind kind) {
    return switch (kind) {
      case BAD_REQUEST -> USAGE;
      case UNAUTHENTICATED, PERMISSION -> NOT_PERMITTED;
      case NOT_FOUND -> NOT_FOUND;
      case CONFLICT -> CONFLICT;
      case HYPERVISOR_UNAVAILABLE, HYPERVISOR_REFUSED, STORAGE_UNAVAILABLE -> UNAVAILABLE;
      case OUT_OF_SPACE -> OUT_OF_SPACE;
      case CORRUPT_DATA -> CORRUPT;
      case CANCELLED -> RUN_FAILED;
      case INTERNAL -> INTERNAL;
    };
  }

  /** The code for a run that has ended; zero for one that is still queued or running. */
  public static int ofRun(JsonNode run) {
    return switch (run.path("state").asText()) {
      case "failed", "cancelled" -> RUN_FAILED;
      case "warning" -> WARNINGS;
      default -> OK;
    };
  }
}
