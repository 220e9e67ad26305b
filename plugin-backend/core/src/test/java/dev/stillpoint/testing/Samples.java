package dev.stillpoint.testing;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Cluster;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.Hardware;
import dev.stillpoint.hypervisor.NetworkProfile;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.GroupRestoreRequest;
import dev.stillpoint.job.JournalEntry;
import dev.stillpoint.job.Membership;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.site.Site;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values for tests of stores: small ones, and ones that fill every field with something odd. */
public final class Samples {

  public static final SiteId SITE = new SiteId("site-1");
  public static final Instant TIME = Instant.parse("2026-11-21T08:15:30Z");

  /** What people call VMs when nobody stops them. */
  public static final String ODD_NAME =
      "db \"01\" \\ O'Brien\n\t; drop table runs; --\u2028 🦊 Ünïcödé 数据";

  private static final String OVF =
      """
      <?xml version="1.0" encoding="UTF-8"?>\r
      <ovf:Envelope xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1/">
      \t<Name>a &amp; b \205 ]]&gt;</Name>
      </ovf:Envelope>
      """;

  private Samples() {}

  public static Site site(String id, String name) {
    return new Site(
        new SiteId(id),
        name,
        "ovirt",
        new SiteAddress(
            URI.create("https://engine.example/ovirt-engine/api"),
            "admin@internal",
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"));
  }

  public static Policy policy(String id, String name) {
    return new Policy(
        new PolicyId(id),
        name,
        SITE,
        List.of(new VmId("vm-1"), new VmId("vm-2")),
        List.of(new DiskId("disk-9")),
        Freezing.NONE,
        true,
        Optional.empty(),
        Optional.empty(),
        GroupSettings.STANDARD,
        Optional.empty());
  }

  public static Policy scheduled(String id, String name, Schedule schedule) {
    Policy plain = policy(id, name);
    return new Policy(
        plain.id(),
        plain.name(),
        plain.site(),
        plain.vms(),
        plain.excludedDisks(),
        plain.freezing(),
        plain.enabled(),
        plain.selector(),
        Optional.of(schedule),
        GroupSettings.STANDARD,
        Optional.empty());
  }

  /** A backup of one VM that waits. */
  public static Run queued(String id) {
    return Run.queued(
        new RunId(id),
        SITE,
        new BackupRequest(
            Optional.empty(),
            List.of(new BackupRequest.NamedVm(new VmId("vm-1"), "web")),
            List.of(),
            Freezing.NONE),
        TIME);
  }

  /** A backup in its midst, with every field filled. */
  public static Run busyBackup(String id) {
    BackupRequest request =
        new BackupRequest(
            Optional.of(new PolicyId("policy-1")),
            List.of(
                new BackupRequest.NamedVm(new VmId("vm-1"), ODD_NAME),
                new BackupRequest.NamedVm(new VmId("vm-2"), "")),
            List.of(new DiskId("disk-9")),
            Freezing.NONE);
    DiskTask disk =
        DiskTask.planned(
                new DiskId("disk-1"),
                ODD_NAME,
                DiskTask.Mode.FULL,
                "first backup of this disk",
                new ByteCount(Long.MAX_VALUE),
                ByteCount.ofGibibytes(40))
            .withProgress(
                ByteCount.ofMebibytes(3),
                ByteCount.ofMebibytes(2),
                ByteCount.ofBytes(1),
                Duration.ofMillis(90_061_001));
    return Run.queued(new RunId(id), SITE, request, TIME)
        .start(TIME.plusNanos(1))
        .withVm(
            0,
            vm ->
                vm.withState(TaskState.READING)
                    .withSnapshot("snapshot-1", TIME.plusMillis(500))
                    .withPoint(new RestorePointId("point-1"))
                    .withNote(ODD_NAME)
                    .withNote("")
                    .withDisk(disk))
        .withVm(1, vm -> vm.withProblem(TaskState.FAILED, problem()));
  }

  /** A restore that ended badly. */
  public static Run failedRestore(String id) {
    RestoreRequest request =
        Wish.asNew(new RestorePointId("point-1"), ODD_NAME)
            .cluster("cluster-1")
            .keepMacs()
            .keepOldDisks()
            .request();
    DiskTask disk =
        DiskTask.planned(
                new DiskId("disk-1"),
                "root",
                DiskTask.Mode.RESTORE,
                "",
                ByteCount.ZERO,
                ByteCount.ZERO)
            .withRestoredTo(new DiskId("disk-2"));
    Run run =
        Run.queued(new RunId(id), SITE, request, TIME)
            .start(TIME.plusSeconds(1))
            .withVm(0, vm -> vm.withVm(new VmId("vm-3")).withDisk(disk))
            .withVm(0, vm -> vm.withProblem(TaskState.FAILED, problem()));
    return run.end(run.outcome(), Optional.of(problem()), TIME.plusSeconds(2));
  }

  /** A policy's backup that waits, and whose policy had other VMs before. */
  public static Run changedBackup(String id) {
    BackupRequest.NamedVm vm = new BackupRequest.NamedVm(new VmId("vm-1"), ODD_NAME);
    BackupRequest request =
        new BackupRequest(
            Optional.of(new PolicyId("policy-1")),
            List.of(vm),
            List.of(),
            Freezing.NONE,
            Optional.empty(),
            GroupSettings.STANDARD,
            Optional.of(new Membership(new RunId("run-0"), List.of(vm), List.of(vm))));
    return Run.queued(new RunId(id), SITE, request, TIME);
  }

  /** Two VMs that are to be given back, and wait. */
  public static Run groupRestore(String id) {
    RestoreRequest one = (RestoreRequest) failedRestore(id).request();
    return Run.queued(
        new RunId(id), SITE, new GroupRestoreRequest("web", List.of(one, one), true), TIME);
  }

  private static Problem problem() {
    return new Problem(
        ErrorKind.HYPERVISOR_REFUSED, "VM " + ODD_NAME + " is locked", "Wait, then repeat.");
  }

  public static OutsideEffect effect(OutsideEffect.Kind kind, String reference) {
    return new OutsideEffect(kind, reference, Map.of());
  }

  public static JournalEntry entry(String run, OutsideEffect effect) {
    return new JournalEntry(new RunId(run), SITE, effect, TIME);
  }

  /** A point of VM {@code vm}, which is named {@code "name of " + vm}. */
  public static RestorePoint point(String id, String vm, Instant time) {
    return point(SITE, id, vm, "name of " + vm, time);
  }

  public static RestorePoint point(SiteId site, String id, String vm, String vmName, Instant time) {
    VmSettings settings =
        new VmSettings(
            new VmId(vm),
            vmName,
            "",
            "",
            PowerState.DOWN,
            new Cluster("cluster-1", "Default"),
            new Hardware(1, 1, 1, ByteCount.ZERO, ByteCount.ZERO, ByteCount.ZERO, "", false),
            List.of(),
            "",
            List.of(),
            List.of(),
            "",
            Optional.empty());
    return new RestorePoint(
        new RestorePointId(id),
        site,
        new RunId("run-1"),
        Optional.empty(),
        time,
        time.plusSeconds(60),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        settings,
        Optional.empty(),
        Optional.empty());
  }

  /** A point with every field filled. */
  public static RestorePoint richPoint(String id) {
    return new RestorePoint(
        new RestorePointId(id),
        SITE,
        new RunId("run-1"),
        Optional.of(new PolicyId("policy-1")),
        Instant.parse("2026-11-21T08:15:30.123456789Z"),
        Instant.parse("2026-11-21T08:20:00Z"),
        Optional.of(new CheckpointId("checkpoint-1")),
        Optional.empty(),
        List.of(
            new RestorePoint.Disk(
                new DiskId("disk-1"),
                ODD_NAME,
                ByteCount.ofGibibytes(40),
                ReadMode.INCREMENTAL,
                ByteCount.ofMebibytes(12),
                ByteCount.ofMebibytes(5)),
            new RestorePoint.Disk(
                new DiskId("disk-2"),
                "",
                new ByteCount(Long.MAX_VALUE),
                ReadMode.full("first backup of this disk"),
                ByteCount.ofBytes(1),
                ByteCount.ZERO)),
        List.of(),
        richSettings(),
        Optional.empty(),
        Optional.empty());
  }

  private static VmSettings richSettings() {
    return new VmSettings(
        new VmId("vm-1"),
        ODD_NAME,
        "a description\nof two lines",
        "a comment",
        PowerState.UP,
        new Cluster("cluster-1", "Default"),
        new Hardware(
            2,
            4,
            1,
            ByteCount.ofGibibytes(8),
            ByteCount.ofGibibytes(4),
            ByteCount.ofGibibytes(32),
            "q35_ovmf",
            true),
        List.of("hd", "cdrom"),
        "rhel_9x64",
        List.of(
            new DiskSettings(
                new DiskId("disk-1"),
                ODD_NAME,
                ByteCount.ofGibibytes(40),
                Optional.empty(),
                "cow",
                true,
                true,
                new DiskSettings.StorageRef("storage-1", "data"),
                "virtio_scsi",
                true,
                true,
                false,
                ""),
            new DiskSettings(
                new DiskId("disk-3"),
                "lun",
                ByteCount.ofGibibytes(100),
                Optional.empty(),
                "raw",
                false,
                false,
                new DiskSettings.StorageRef("", ""),
                "virtio",
                false,
                false,
                true,
                "a direct LUN")),
        List.of(
            new NicSettings(
                "nic1",
                "virtio",
                "56:6f:1a:2b:00:01",
                new NetworkProfile("profile-1", "ovirtmgmt", "ovirtmgmt"),
                true,
                false,
                List.of("192.0.2.7", "2001:db8::7"))),
        OVF,
        Optional.empty());
  }
}
