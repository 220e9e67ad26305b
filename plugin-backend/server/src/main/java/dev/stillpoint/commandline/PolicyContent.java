package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what a policy backs up. */
final class PolicyContent {

  @Option(
      names = "--vm",
      arity = "1..*",
      paramLabel = "VM",
      description = "A VM's name or id; several may follow.")
  private List<String> vms = new ArrayList<>();

  @Option(
      names = "--select",
      arity = "1..*",
      paramLabel = "RULE",
      description =
          "Choose VMs when a run starts, by tag=, affinity-group=, cluster= or name=; * and ? stand"
              + " for letters. A VM that one of the rules fits is chosen.")
  private List<String> select = new ArrayList<>();

  @Option(
      names = "--except",
      arity = "1..*",
      paramLabel = "RULE",
      description = "Leave these of the selected VMs out.")
  private List<String> except = new ArrayList<>();

  @Option(
      names = "--exclude-disk",
      arity = "1..*",
      paramLabel = "DISK",
      description = "The id of a disk to leave out; several may follow.")
  private List<String> excludedDisks = new ArrayList<>();

  void putInto(ObjectNode body) {
    PoliciesCommand.putAll(body.putArray("vms"), vms);
    PoliciesCommand.putAll(body.putArray("excludedDisks"), excludedDisks);
    if (!select.isEmpty() || !except.isEmpty()) {
      PoliciesCommand.putAll(body.putArray("select"), select);
      PoliciesCommand.putAll(body.putArray("except"), except);
    }
  }
}
