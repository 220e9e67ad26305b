package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;

/** Shows people how a run goes on. */
interface ProgressView {

  /** Shows the run as it is now; called again and again, the last time when it has ended. */
  void show(JsonNode run);
}
