package dev.stillpoint.commandline;

import dev.stillpoint.model.ByteCount;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which restore points a list shows. */
final class PointFilterOptions {

  @Option(
      names = "--vm",
      defaultValue = "",
      paramLabel = "VM",
      description = "Only of this VM, by name or id.")
  private String vm;

  @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = "Only of this.")
  private String site;

  @Option(
      names = "--policy",
      defaultValue = "",
      paramLabel = "POLICY",
      description = "Only those that this policy made, by name or id.")
  private String policy;

  @Option(
      names = "--mode",
      defaultValue = "",
      paramLabel = "MODE",
      description = "How its disks were read: full, incremental or mixed.")
  private String mode;

  @Option(
      names = "--state",
      defaultValue = "",
      paramLabel = "STATE",
      description = "complete, or partial where disks were left out.")
  private String state;

  @Option(
      names = "--min-size",
      defaultValue = "",
      paramLabel = "SIZE",
      description = "Disks of at least this size together: 500MiB, 20GiB.")
  private String minSize;

  @Option(
      names = "--max-size",
      defaultValue = "",
      paramLabel = "SIZE",
      description = "Disks of at most this size together.")
  private String maxSize;

  @Mixin private TimeOptions time;

  @Mixin private PageOptions page;

  String query() {
    return page.query(
        "site",
        site,
        "vm",
        vm,
        "policy",
        policy,
        "mode",
        mode,
        "state",
        state,
        "minBytes",
        bytes(minSize),
        "maxBytes",
        bytes(maxSize),
        "from",
        time.from(),
        "to",
        time.to());
  }

  private static String bytes(String size) {
    return size.isEmpty() ? "" : Long.toString(ByteCount.parse(size).bytes());
  }
}
