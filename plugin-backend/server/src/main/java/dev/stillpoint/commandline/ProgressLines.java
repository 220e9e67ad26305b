package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** A line per change of state: for logs, mails and whatever else is no terminal. */
final class ProgressLines implements ProgressView {

  private final PrintWriter out;
  private final Map<String, String> shown = new HashMap<>();

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void show(JsonNode run) {
    change("run " + run.path("id").asText(), run.path("state").asText());
    for (JsonNode vm : run.path("vms")) {
      change(vm.path("vmName").asText(), vm.path("state").asText());
    }
    out.flush();
  }

  private void change(String name, String state) {
    if (!state.equals(shown.put(name, state))) {
      out.println(Wording.harmless(name) + ": " + state);
    }
  }
}
