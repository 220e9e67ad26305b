package dev.stillpoint.rest;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The calls that somebody may make who came with a manager's token. Each of these looks at whose
 * token it is; every other call, also one that is added later, needs the server's own.
 */
final class GuestCalls {

  private static final List<Pattern> OPEN =
      List.of(
          Pattern.compile("GET (status|caller|events|sites|policies|runs|points|vm-states)"),
          Pattern.compile("HEAD events"),
          Pattern.compile("GET sites/[^/]+(/vms(/[^/]+)?|/check|/limits|/targets)?"),
          Pattern.compile(
              "GET (overview|queue|slots|repository|metering|audit|leftovers|drafts|settings)"),
          Pattern.compile("GET drafts/(policies|runs)/[^/]+"),
          Pattern.compile("POST (slots/preview|leftovers/clear|settings/(mail|webhook)/test)"),
          Pattern.compile("PUT repository/reserve"),
          Pattern.compile("(GET|POST|DELETE) repository/collection"),
          Pattern.compile("GET sites/[^/]+/vm-groups(/[^/]+)?"),
          Pattern.compile("POST sites/[^/]+/vm-groups/[^/]+/recover"),
          Pattern.compile("(PUT|DELETE) sites/[^/]+/vm-groups/[^/]+/policies/[^/]+"),
          Pattern.compile("GET (sites/[^/]+/protection(/[^/]+)?|holds)"),
          Pattern.compile("(GET|POST) policies/[^/]+/retention"),
          Pattern.compile("(PUT|DELETE) holds/[^/]+"),
          Pattern.compile("POST points/deletions"),
          Pattern.compile("(GET|PUT|DELETE) policies/[^/]+"),
          Pattern.compile("GET policies/[^/]+/(vms|starts)"),
          Pattern.compile("POST (policies|runs|restores|sign-out)"),
          Pattern.compile("POST policies/[^/]+/runs"),
          Pattern.compile("GET (runs|points)/[^/]+"),
          Pattern.compile("POST runs/[^/]+/(cancel|rerun)"),
          Pattern.compile("POST points/[^/]+/verify"),
          Pattern.compile("(GET|HEAD) points/[^/]+/disks/[^/]+/(content|extents)"));

  private GuestCalls() {}

  /**
   * @param path below the API, without a slash at its beginning
   */
  static boolean allows(String method, String path) {
    String call = method + " " + path.replaceAll("/+$", "");
    return OPEN.stream().anyMatch(pattern -> pattern.matcher(call).matches());
  }
}
