package dev.stillpoint.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.BackupRequest.NamedVm;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Samples;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportWriterTest {

  private static final Instant TIME = Instant.parse("2026-07-01T22:30:00Z");

  private static Run run(String... names) {
    List<NamedVm> vms = new ArrayList<>();
    for (String name : names) {
      vms.add(new NamedVm(new VmId("vm-" + vms.size()), name));
    }
    BackupRequest request = new BackupRequest(Optional.empty(), vms, List.of(), Freezing.NONE);
    return Run.queued(new RunId("run-1"), Samples.SITE, request, TIME).start(TIME);
  }

  private static RunReport report(Run run, ZoneId zone) {
    Run ended = run.end(run.outcome(), Optional.empty(), TIME.plusSeconds(3725));
    return ReportWriter.write(ended, "nightly", "lab", zone);
  }

  private static Run well(Run run, int vm) {
    return run.withVm(vm, task -> task.withState(TaskState.SUCCEEDED));
  }

  @Test
  void saysInOneLineWhatBecameOfWhom() {
    RunReport report = report(well(run("web", "db"), 0), ZoneOffset.UTC);
    assertThat(report.subject())
        .isEqualTo("[Stillpoint] Backup failed: 1 of 2 VMs, policy nightly, site lab");
    assertThat(report(well(run("web"), 0), ZoneOffset.UTC).subject())
        .isEqualTo("[Stillpoint] Backup succeeded: VM web, policy nightly, site lab");
  }

  @Test
  void showsTimesInUtcAndInTheZone() {
    String text = report(well(run("web"), 0), ZoneId.of("Europe/Prague")).text();
    assertThat(text)
        .contains("Started:  2026-07-01 22:30:00 UTC (2026-07-02 00:30:00 CEST)")
        .contains("Took:     1:02:05");
    assertThat(report(well(run("web"), 0), ZoneOffset.UTC).text()).doesNotContain("UTC (");
  }

  @Test
  void tellsTroubleFirstWithItsRemedy() {
    Problem problem = new Problem(ErrorKind.OUT_OF_SPACE, "The reserve is full", "Enlarge it.");
    Run run = well(run("web", "db"), 0);
    run = run.withVm(1, task -> task.withProblem(TaskState.FAILED, problem));
    String text = report(run, ZoneOffset.UTC).text();
    assertThat(text).contains("- db: failed\n  The reserve is full. Enlarge it.\n- web: succeeded");
  }

  @Test
  void namesOfAnyKindNeitherBreakTheHtmlNorTheSubject() {
    RunReport report = report(well(run("<script>\"x\"\r\nBcc: a@b & 数据"), 0), ZoneOffset.UTC);
    assertThat(report.html()).doesNotContain("<script>").contains("&lt;script&gt;").contains("数据");
    assertThat(report.subject()).doesNotContain("\n").doesNotContain("\r");
  }

  @Test
  void thousandsOfVmsDoNotMakeAMailOfMegabytes() {
    String[] names = new String[5000];
    for (int i = 0; i < names.length; i++) {
      names[i] = "vm" + i;
    }
    RunReport report = report(run(names), ZoneOffset.UTC);
    assertThat(report.html().length()).isLessThan(100_000);
    assertThat(report.text()).contains("4800 VMs more");
  }

  @Test
  void aRunThatFailedAsAWholeSaysWhy() {
    Problem problem = new Problem(ErrorKind.HYPERVISOR_UNAVAILABLE, "The engine is away", "");
    Run run = run("web").end(RunState.FAILED, Optional.of(problem), TIME);
    RunReport report = ReportWriter.write(run, "", "lab", ZoneOffset.UTC);
    assertThat(report.text()).contains("Problem:  The engine is away");
    assertThat(report.html()).contains("The engine is away").doesNotContain("policy");
  }
}
