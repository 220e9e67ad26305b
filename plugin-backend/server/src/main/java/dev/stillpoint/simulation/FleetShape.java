package dev.stillpoint.simulation;

import dev.stillpoint.group.Candidate;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a generated fleet looks like. Loads and amounts to read are Pareto distributed: a few VMs
 * have most. Pure but for the chance that is given.
 *
 * @param alpha how skewed loads are, above 1; 1.16: a fifth of the VMs has four fifths of the load
 * @param related what is to be read of a VM is proportional to its load, instead of independent
 */
record FleetShape(int vms, double alpha, int hosts, int storages, boolean related) {

  static final int MAX_VMS = 10_000;

  private static final double MEAN_LOAD = 2 << 20;
  private static final double MOST_LOAD = 500 << 20;
  private static final double MEAN_BYTES = 4L << 30;
  private static final double MOST_BYTES = 500L << 30;

  /** Amounts that change between two backups are less skewed than loads. */
  private static final double BYTES_ALPHA = 1.5;

  FleetShape {
    if (vms < 1 || vms > MAX_VMS || hosts < 1 || storages < 1) {
      throw refusal("A fleet has 1 to 10000 VMs, and at least one host and storage");
    }
    if (!(alpha > 1 && alpha <= 10)) {
      throw refusal("The skew (alpha) is above 1 and at most 10");
    }
  }

  private static StillpointException refusal(String what) {
    return new StillpointException(ErrorKind.BAD_REQUEST, what, "See: stillpoint simulate --help");
  }

  List<Candidate> make(RandomGenerator random) {
    List<Candidate> fleet = new ArrayList<>();
    for (int i = 0; i < vms; i++) {
      double load = pareto(random, alpha, MEAN_LOAD, MOST_LOAD);
      double own = pareto(random, BYTES_ALPHA, MEAN_BYTES, MOST_BYTES);
      double bytes = related ? load * (MEAN_BYTES / MEAN_LOAD) : own;
      fleet.add(
          new Candidate(
              i,
              "vm" + i,
              load,
              bytes,
              ReadingTime.seconds(bytes),
              "host" + random.nextInt(hosts),
              List.of("storage" + random.nextInt(storages))));
    }
    return fleet;
  }

  /** The mean is that of the distribution without its cut. */
  private static double pareto(RandomGenerator random, double alpha, double mean, double most) {
    double least = mean * (alpha - 1) / alpha;
    return Math.min(most, least * Math.pow(1 - random.nextDouble(), -1 / alpha));
  }
}
