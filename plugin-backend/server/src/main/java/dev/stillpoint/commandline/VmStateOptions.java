package dev.stillpoint.commandline;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which VMs the list of last backups shows. */
final class VmStateOptions {

  @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = "Only of this.")
  private String site;

  @Option(
      names = "--state",
      defaultValue = "",
      paramLabel = "STATE",
      description = "succeeded, warning, failed, skipped or cancelled.")
  private String state;

  @Option(
      names = "--not-good-since",
      defaultValue = "",
      paramLabel = "TIME",
      description = "Without a restore point made since: 2026-11-21 or 2026-11-21T05:30:00Z.")
  private String notGoodSince;

  @Mixin private PageOptions page;

  String query() {
    return page.query("site", site, "state", state, "notGoodSince", notGoodSince);
  }
}
