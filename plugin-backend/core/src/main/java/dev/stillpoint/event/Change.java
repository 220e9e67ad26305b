package dev.stillpoint.event;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.Run;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.repository.SpaceReport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Something that is not as it was. */
public sealed interface Change {

  /** Of two changes with the same key the later one tells all there is to know. */
  String key();

  /** Both in one, for a listener who has not taken the earlier one yet. */
  default Change after(Change earlier) {
    return this;
  }

  /**
   * A run as it is now.
   *
   * @param bytesPerSecond of each VM, in the order of {@link Run#vms()}, over the last seconds
   */
  record OfRun(Run run, List<Double> bytesPerSecond) implements Change {

    public OfRun {
      requireNonNull(run, "run");
      bytesPerSecond = List.copyOf(bytesPerSecond);
    }

    @Override
    public String key() {
      return "run " + run.id();
    }
  }

  /** The runs that are carried out and wait, in their order. */
  record OfQueue(List<Run> runs) implements Change {

    public OfQueue {
      runs = List.copyOf(runs);
    }

    @Override
    public String key() {
      return "queue";
    }
  }

  /**
   * VMs of a site got or lost points.
   *
   * @param vms empty: too many to name
   */
  record OfPoints(SiteId site, Set<VmId> vms) implements Change {

    private static final int MOST = 200;

    public OfPoints {
      requireNonNull(site, "site");
      vms = Set.copyOf(vms);
    }

    @Override
    public String key() {
      return "points " + site;
    }

    @Override
    public Change after(Change earlier) {
      OfPoints before = (OfPoints) earlier;
      if (vms.isEmpty() || before.vms().isEmpty()) {
        return new OfPoints(site, Set.of());
      }
      Set<VmId> both = new HashSet<>(before.vms());
      both.addAll(vms);
      return new OfPoints(site, both.size() > MOST ? Set.of() : both);
    }
  }

  /** The repository's figures. */
  record OfSpace(SpaceReport space) implements Change {

    public OfSpace {
      requireNonNull(space, "space");
    }

    @Override
    public String key() {
      return "space";
    }
  }
}
