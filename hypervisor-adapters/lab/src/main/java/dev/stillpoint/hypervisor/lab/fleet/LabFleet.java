package dev.stillpoint.hypervisor.lab.fleet;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The VMs a lab begins with. */
public final class LabFleet {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private static final Path LIB64 = Path.of("/usr/lib64");

  /** Other scripts, one from right to left, the longest, and what a careless page would run. */
  private static final List<String> ODD_NAMES =
      List.of(
          "خادم الملفات 01",
          "数据库服务器",
          "сервер-Ü",
          "db🚀🗄️",
          "long-" + "abcdefghij".repeat(25),
          "<img src=x onerror=alert(1)>",
          "\"quoted\" 'name' with back\\slash",
          "{{count}} $t(vm.title) &amp; %2e");

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

  /**
   * Five VMs with six disks, 8.25 GiB in all, of which two to three are real files of this machine
   * in ext4 file systems: the same names and shapes as the small fleet. Needs e2fsprogs; the images
   * are made once and then kept in the lab's directory.
   */
  public static LabFleet demo() {
    Path java = Path.of(System.getProperty("java.home"));
    DiskPlan web = ext4("web01_sys", 2048, 400, java, Path.of("/usr/share/man"));
    DiskPlan dbSystem = ext4("db01_sys", 1024, 300, Path.of("/usr/share"));
    DiskPlan dbData = ext4("db01_data", 2048, 600, Path.of("/usr/lib/x86_64-linux-gnu"), LIB64);
    DiskPlan files = ext4("files01_sys", 2048, 600, Path.of("/usr/lib"));
    DiskPlan test = ext4("büro test_sys", 256, 100, Path.of("/usr/share/doc"), LIB64);
    DiskPlan legacy = ext4("legacy01_sys", 1024, 300, Path.of("/usr/bin"));
    return new LabFleet(
        List.of(
            new VmPlan("web01", "A web server", true, 2, 2 * GIB, List.of(0), List.of(web)),
            new VmPlan(
                "db01",
                "A database server",
                true,
                4,
                8 * GIB,
                List.of(0, 1),
                List.of(dbSystem, dbData)),
            new VmPlan(
                "files01", "Archive, switched off", false, 1, GIB, List.of(0), List.of(files)),
            new VmPlan(
                "legacy01",
                "Its disk is raw",
                true,
                1,
                512 * MIB,
                List.of(1),
                List.of(legacy.as("raw", 1))),
            new VmPlan("büro test", "", true, 1, GIB, List.of(0), List.of(test))));
  }

  /** With VMs that are off, each with a disk of 1 MiB, whose names are hard to show. */
  public LabFleet withOddNames() {
    return with(
        IntStream.range(0, ODD_NAMES.size())
            .mapToObj(
                i ->
                    new VmPlan(
                        ODD_NAMES.get(i),
                        "Its name is odd",
                        false,
                        1,
                        128 * MIB,
                        List.of(),
                        List.of(cow("odd" + i + "_sys", 1, 100 + i)))));
  }

  /** With so many more that are off and have neither disks nor network cards. */
  public LabFleet withMore(int count) {
    return with(
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new VmPlan(
                        "vm-%05d".formatted(i), "", false, 1, 128 * MIB, List.of(), List.of())));
  }

  private LabFleet with(Stream<VmPlan> more) {
    return new LabFleet(Stream.concat(vms.stream(), more).toList());
  }

  private static DiskPlan ext4(String name, int mib, int dataMib, Path... sources) {
    DiskContent content = new Ext4Content(List.of(sources), dataMib * MIB);
    return new DiskPlan(name, mib * MIB, "cow", 0, content);
  }

  private static DiskPlan cow(String name, int mib, long seed) {
    return new DiskPlan(name, mib * MIB, "cow", 0, new RandomContent(seed, mib << 18));
  }

  List<VmPlan> vms() {
    return vms;
  }
}
