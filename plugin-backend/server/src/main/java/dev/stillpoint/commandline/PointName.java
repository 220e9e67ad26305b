package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;

/** How users name a restore point: its id, or {@code latest:VM}. */
final class PointName {

  static final String DESCRIPTION = "A restore point's id, or latest:VM for a VM's newest.";

  private static final String LATEST = "latest:";

  private PointName() {}

  /** The id, asked for where {@code latest:} is said. */
  static String id(Session session, Api api, String named, String site) {
    if (!named.startsWith(LATEST)) {
      return named;
    }
    String vm = named.substring(LATEST.length());
    if (vm.isBlank()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "latest: names no VM",
          "Write it like latest:web01; stillpoint points list shows what there is.");
    }
    String siteId = session.siteId(api, site);
    JsonNode newest =
        api.get("/points" + Api.query("site", siteId, "vm", vm, "limit", "1"))
            .document()
            .path("items")
            .path(0);
    if (newest.isMissingNode()) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND,
          "There is no restore point of VM " + vm,
          "stillpoint points list shows what there is.");
    }
    return newest.path("id").asText();
  }
}
