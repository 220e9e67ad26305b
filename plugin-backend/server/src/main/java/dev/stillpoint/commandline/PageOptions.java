package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options of every list that comes in pages. */
final class PageOptions {

  @Option(
      names = "--sort",
      defaultValue = "",
      paramLabel = "BY",
      description = "Another order; with a minus in front it is turned round.")
  private String sort;

  @Option(
      names = "--limit",
      defaultValue = "0",
      paramLabel = "N",
      description = "How many at most, up to 1000; 0: as many as the server thinks.")
  private int limit;

  @Option(
      names = "--after",
      defaultValue = "",
      paramLabel = "PLACE",
      description = "Go on where the page before said, with the same filters.")
  private String after;

  /** Names and values for {@link Api#query}, behind those of the filters. */
  String query(String... filters) {
    String[] all = new String[filters.length + 6];
    System.arraycopy(filters, 0, all, 0, filters.length);
    String[] page = {
      "sort", sort, "limit", limit == 0 ? "" : Integer.toString(limit), "after", after
    };
    System.arraycopy(page, 0, all, filters.length, page.length);
    return Api.query(all);
  }

  /** Says how to go on, where there is more. */
  static void printNext(PrintWriter out, JsonNode list) {
    if (list.has("next")) {
      out.println("There is more: --after " + list.path("next").asText());
    }
  }
}
