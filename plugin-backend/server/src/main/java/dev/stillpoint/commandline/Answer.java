package dev.stillpoint.commandline;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the server answered.
 *
 * @param body the text as it came; empty where there is none
 * @param document the same, parsed; a missing node where there is none
 */
record Answer(String body, JsonNode document) {

  Answer {
    requireNonNull(body, "body");
    requireNonNull(document, "document");
  }

  /** The items of a list. */
  Iterable<JsonNode> items() {
    return document.path("items");
  }
}
