package dev.stillpoint.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.Stray;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was left behind, ours and that of others. */
class JanitorTest {

  private static final RunId RUN = new RunId("run-1");

  @TempDir Path directory;
  private Workbench bench;
  private Janitor janitor;
  private VmId vm;

  @BeforeEach
  void start() {
    bench = new Workbench(directory.resolve("r"));
    janitor = new Janitor(bench.sites, bench.journal, bench.catalog, bench.sweeper, bench.queue);
    vm = bench.site.addVm("vm", Workbench.mebibytes(1));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void thatOfOthersIsListedWithoutOurs() {
    bench.queue.start();
    bench.backup(vm);
    String ours = bench.points().get(0).checkpoint().orElseThrow().value();
    journal(OutsideEffect.Kind.TRANSFER, "upload:d-1", Map.of("disk", "d-1"));
    bench.site.console().addStray(stray(Stray.Kind.CHECKPOINT, ours, ""));
    bench.site.console().addStray(stray(Stray.Kind.CHECKPOINT, "theirs", ""));
    bench.site.console().addStray(stray(Stray.Kind.TRANSFER, "t-1", "d-1"));
    bench.site.console().addStray(stray(Stray.Kind.LOCKED_DISK, "d-2", "d-2"));
    bench.site.console().addStray(stray(Stray.Kind.SNAPSHOT, "s-1", ""));

    assertThat(janitor.others(Workbench.SITE))
        .extracting(Stray::reference)
        .containsExactly("theirs", "d-2", "s-1");
  }

  @Test
  void oursIsClearedAndWhatCannotBeIsTold() {
    journal(OutsideEffect.Kind.DISK, "d-1", Map.of());
    assertThat(janitor.ours()).hasSize(1);
    bench
        .site
        .faults()
        .failAlways(
            FakeCall.RELEASE,
            new StillpointException(ErrorKind.CONFLICT, "The disk is locked", "Wait"));

    assertThat(janitor.clear()).extracting(Problem::detail).containsExactly("The disk is locked");
    assertThat(janitor.ours()).hasSize(1);

    bench.site.faults().clear();
    assertThat(janitor.clear()).isEmpty();
    assertThat(janitor.ours()).isEmpty();
  }

  @Test
  void whatAnUnfinishedRunHasIsNotCleared() {
    Run running =
        Run.queued(RUN, Workbench.SITE, bench.backupOf(vm), bench.clock.instant())
            .start(bench.clock.instant());
    bench.runs.insert(running);
    journal(OutsideEffect.Kind.DISK, "d-1", Map.of());

    assertThat(janitor.clear()).isEmpty();

    assertThat(janitor.ours()).hasSize(1);
  }

  @Test
  void whatSomebodyWorksWithIsNoLeftover() {
    bench.sweeper.hold(entry -> entry.run().equals(RUN));
    journal(OutsideEffect.Kind.DISK, "d-1", Map.of());

    assertThat(janitor.ours()).isEmpty();
    assertThat(janitor.clear()).isEmpty();
    assertThat(bench.journal.all()).hasSize(1);
  }

  private void journal(OutsideEffect.Kind kind, String reference, Map<String, String> details) {
    OutsideEffect effect = new OutsideEffect(kind, reference, details);
    bench.journal.add(
        List.of(new JournalEntry(RUN, Workbench.SITE, effect, bench.clock.instant())));
  }

  private Stray stray(Stray.Kind kind, String reference, String subject) {
    return new Stray(
        kind,
        reference,
        subject,
        "x",
        Optional.of(vm),
        "vm",
        "ok",
        Optional.empty(),
        Optional.empty());
  }
}
