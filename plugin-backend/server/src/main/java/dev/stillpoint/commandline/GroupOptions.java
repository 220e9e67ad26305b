package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** The options that say in which order VMs are read. */
final class GroupOptions {

  private static final int UNSAID = -1;

  @Option(
      names = "--order",
      defaultValue = "",
      paramLabel = "ORDER",
      description =
          "Whom a free reader takes: highest-load, load-per-time, fifo, smallest, longest. What is"
              + " not said here the server's configuration says.")
  private String order = "";

  @Option(
      names = "--by",
      defaultValue = "",
      paramLabel = "WHAT",
      description =
          "By the figures of each vm, or of all VMs of a host or a storage together, one after the"
              + " other.")
  private String by = "";

  @Option(
      names = "--collective",
      defaultValue = "",
      paramLabel = "HOW",
      description = "With --by host or storage: the sum or the mean over its VMs.")
  private String collective = "";

  @Option(
      names = "--batch",
      defaultValue = "-1",
      paramLabel = "N",
      description = "N VMs share a snapshot time and are read, then the next N; 0: all at once.")
  private int batchSize = UNSAID;

  @Option(
      names = "--readers",
      defaultValue = "-1",
      paramLabel = "N",
      description = "How many VMs are read at one time.")
  private int readers = UNSAID;

  boolean isSaid() {
    return !(order.isEmpty() && by.isEmpty() && collective.isEmpty())
        || batchSize != UNSAID
        || readers != UNSAID;
  }

  void putInto(ObjectNode body) {
    if (!isSaid()) {
      return;
    }
    ObjectNode group = body.putObject("group");
    put(group, "order", order);
    put(group, "by", by);
    put(group, "collective", collective);
    if (batchSize != UNSAID) {
      group.put("batchSize", batchSize);
    }
    if (readers != UNSAID) {
      group.put("readers", readers);
    }
  }

  private static void put(ObjectNode group, String field, String word) {
    if (!word.isEmpty()) {
      group.put(field, word);
    }
  }
}
