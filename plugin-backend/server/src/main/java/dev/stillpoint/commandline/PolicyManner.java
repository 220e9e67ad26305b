package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import picocli.CommandLine.Mixin;

/** When a policy starts, in which order its VMs are read, and how long its points are kept. */
final class PolicyManner {

  @Mixin private final PolicySchedule schedule = new PolicySchedule();
  @Mixin private final GroupOptions group = new GroupOptions();
  @Mixin private final PolicyRetention retention = new PolicyRetention();

  void putInto(ObjectNode body, ZoneId zone) {
    schedule.putInto(body, zone);
    group.putInto(body);
    if (retention.isGiven()) {
      retention.putInto(body.putObject("retention"));
    }
  }
}
