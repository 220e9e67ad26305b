package dev.stillpoint.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** VMs to order. */
final class Fleets {

  private Fleets() {}

  static Candidate vm(int position, double load, double seconds) {
    return vm(position, load, seconds, "", List.of());
  }

  static Candidate vm(int position, double load, double seconds, String host) {
    return vm(position, load, seconds, host, List.of());
  }

  static Candidate vm(
      int position, double load, double seconds, String host, List<String> storages) {
    return new Candidate(position, "vm" + position, load, seconds * 1000, seconds, host, storages);
  }

  /** With ties, idle VMs and VMs that take no time among them. */
  static List<Candidate> random(Random random, int count) {
    List<Candidate> vms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vms.add(vm(i, random.nextInt(6) * 10.0, random.nextInt(6)));
    }
    return vms;
  }

  static GroupRules rules(LoadOrder order, int readers) {
    return GroupRules.standard(readers).withOrder(order);
  }

  static List<Integer> positions(List<Replay.Reading> readings) {
    return readings.stream().map(reading -> reading.vm().position()).toList();
  }
}
