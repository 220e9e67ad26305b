package dev.stillpoint.simulation;

import dev.stillpoint.group.Candidate;
import dev.stillpoint.group.Cost;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.group.LoadOrder;
import dev.stillpoint.group.Replay;
import java.util.ArrayList;
import java.util.List;

/** Plays a fleet through under each order. Pure. */
final class Comparison {

  private Comparison() {}

  /**
   * What one order costs.
   *
   * @param seconds until the last VM was read
   * @param ofFifo its load-seconds as a share of those of FIFO with the same readers and batches
   */
  record Row(
      LoadOrder order, int readers, int batchSize, Cost cost, double seconds, double ofFifo) {}

  /** All orders under the rules, FIFO among them. */
  static List<Row> of(List<Candidate> fleet, GroupRules rules) {
    double fifo = Replay.cost(Replay.of(rules.withOrder(LoadOrder.FIFO), fleet)).loadSeconds();
    List<Row> rows = new ArrayList<>();
    for (LoadOrder order : LoadOrder.values()) {
      List<Replay.Reading> readings = Replay.of(rules.withOrder(order), fleet);
      Cost cost = Replay.cost(readings);
      rows.add(
          new Row(
              order,
              rules.readers(),
              rules.batchSize(),
              cost,
              readings.stream().mapToDouble(Replay.Reading::ended).max().orElse(0),
              fifo > 0 ? cost.loadSeconds() / fifo : 1));
    }
    return rows;
  }
}
