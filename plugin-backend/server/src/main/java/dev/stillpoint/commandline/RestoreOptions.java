package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How VMs are given back, one or many. */
final class RestoreOptions {

  @Option(
      names = "--cluster",
      defaultValue = "",
      paramLabel = "CLUSTER",
      description = "The new VM's cluster; else the old one's.")
  private String cluster = "";

  @Option(
      names = "--storage",
      defaultValue = "",
      paramLabel = "STORAGE",
      description = "The storage for all disks; else each disk's old one.")
  private String storage = "";

  @Option(names = "--keep-macs", description = "Give the new VM the old one's MAC addresses.")
  private boolean keepMacs;

  @Option(names = "--connect-nics", description = "Connect the new VM's network interfaces.")
  private boolean connectNics;

  @Option(
      names = "--network",
      paramLabel = "OLD=NEW",
      description =
          "Connect the NICs that were on network or profile OLD to NEW; OLD= to none. Else to what"
              + " has the same id or name.")
  private Map<String, String> networks = new TreeMap<>();

  @Option(names = "--permissions", description = "Give people their roles on the VM back.")
  private boolean permissions;

  @Option(names = "--keep-old-disks", description = "In place: leave the old disks on the manager.")
  private boolean keepOldDisks;

  @Option(names = "--dry-run", description = "Only show what would be done.")
  private boolean dryRun;

  @Option(names = "--no-wait", description = "Only put the restore into the queue.")
  private boolean noWait;

  boolean dryRun() {
    return dryRun;
  }

  boolean waits() {
    return !noWait;
  }

  /** As the API wants it. */
  void into(ObjectNode body) {
    putIfGiven(body, "cluster", cluster);
    putIfGiven(body, "storage", storage);
    if (!networks.isEmpty()) {
      ObjectNode mapping = body.putObject("networks");
      networks.forEach(mapping::put);
    }
    if (permissions) {
      body.put("permissions", true);
    }
    body.put("keepMacs", keepMacs)
        .put("connectNics", connectNics)
        .put("keepOldDisks", keepOldDisks)
        .put("dryRun", dryRun);
  }

  private static void putIfGiven(ObjectNode body, String field, String value) {
    if (!value.isEmpty()) {
      body.put(field, value);
    }
  }
}
