package dev.stillpoint.commandline;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which runs a list shows. */
final class RunFilterOptions {

  @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = "Only at this.")
  private String site;

  @Option(
      names = "--kind",
      defaultValue = "",
      paramLabel = "KIND",
      description = "backup or restore.")
  private String kind;

  @Option(
      names = "--state",
      defaultValue = "",
      paramLabel = "STATE",
      description = "queued, running, succeeded, warning, failed or cancelled.")
  private String state;

  @Option(
      names = "--policy",
      defaultValue = "",
      paramLabel = "POLICY",
      description = "Only of this policy, by name or id.")
  private String policy;

  @Option(
      names = "--vm",
      defaultValue = "",
      paramLabel = "VM",
      description = "Only with this VM, by name or id.")
  private String vm;

  @Mixin private TimeOptions time;

  @Mixin private PageOptions page;

  /**
   * @param from used where the user says nothing
   */
  String query(String from) {
    return page.query(
        "site",
        site,
        "kind",
        kind,
        "state",
        state,
        "policy",
        policy,
        "vm",
        vm,
        "from",
        time.from().isEmpty() ? from : time.from(),
        "to",
        time.to());
  }
}
