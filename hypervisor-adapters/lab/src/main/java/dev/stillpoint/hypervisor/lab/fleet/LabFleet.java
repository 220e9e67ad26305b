package dev.stillpoint.hypervisor.lab.fleet;

import java.util.List;

/** The VMs a lab begins with. */
public final class LabFleet {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private final List<VmPlan> vms;

  private LabFleet(List<VmPlan> vms) {
    this.vms = List.copyOf(vms);
  }

  /** No VMs. */
  public static LabFleet empty() {
    return new LabFleet(List.of());
  }

  /**
   * Five VMs with six disks of 8 to 64 MiB, made in well under a second: web01 (up), db01 (up, two
   * disks), files01 (down), legacy01 (up, raw disk), büro test (up).
   */
  public static LabFleet small() {
    return new LabFleet(
        List.of(
            new VmPlan(
                "web01",
                "A web server",
                true,
                2,
                2 * GIB,
                List.of(0),
                List.of(cow("web01_sys", 64, 1))),
            new VmPlan(
                "db01",
                "A database server",
                true,
                4,
                8 * GIB,
                List.of(0, 1),
                List.of(cow("db01_sys", 32, 2), cow("db01_data", 48, 3))),
            new VmPlan(
                "files01", "", false, 1, GIB, List.of(0), List.of(cow("files01_sys", 16, 4))),
            new VmPlan(
                "legacy01",
                "Its disk is raw",
                true,
                1,
                512 * MIB,
                List.of(1),
                List.of(
                    new DiskPlan(
                        "legacy01_sys", 16 * MIB, "raw", 1, new RandomContent(5, 4 << 20)))),
            new VmPlan(
                "büro test", "", true, 1, GIB, List.of(0), List.of(cow("büro test_sys", 8, 6)))));
  }

  private static DiskPlan cow(String name, int mib, long seed) {
    return new DiskPlan(name, mib * MIB, "cow", 0, new RandomContent(seed, mib << 18));
  }

  List<VmPlan> vms() {
    return vms;
  }
}
