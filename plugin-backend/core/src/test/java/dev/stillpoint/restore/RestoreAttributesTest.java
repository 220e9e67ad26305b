package dev.stillpoint.restore;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.Caller;
import dev.stillpoint.hypervisor.NetworkProfile;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.RestoreRequest.Choices;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Wish;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a VM belonged to, and where its NICs go. */
class RestoreAttributesTest {

  @TempDir Path directory;
  private Workbench bench;
  private VmId vm;

  @BeforeEach
  void start() {
    bench = new Workbench(directory.resolve("repository"));
    bench.queue.start();
    vm = bench.site.addVm("vm", mebibytes(1));
    bench.site.surroundings().tag(vm, "prod", "web");
    bench.backup(vm);
    bench.site.power(vm, PowerState.DOWN);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private RestoreRequest newVm(Choices choices) {
    return Wish.asNew(bench.points().get(0).id(), "copy").choices(choices).request();
  }

  private List<String> tags(VmId of) {
    try (var session = bench.site.open()) {
      return session.inventory().settings(of).orElseThrow().attributes().stream()
          .flatMap(attributes -> attributes.tags().stream())
          .map(VmAttributes.Named::name)
          .toList();
    }
  }

  @Test
  void givesANewVmTheTagsOfTheOldOneAndSaysSo() {
    Run run = bench.run(newVm(Choices.NONE));
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(tags(bench.site.vm("copy").orElseThrow())).containsExactly("prod", "web");
    assertThat(run.vms().get(0).notes()).contains("Restored: tag prod", "Restored: tag web");
  }

  @Test
  void givesANewVmToWhoeverAskedForIt() {
    bench
        .site
        .surroundings()
        .introduce("token", new Caller("u-1", "clerk", false, Set.of(), Map.of()));
    Run run = bench.run(newVm(new Choices(Map.of(), false, Optional.of("u-1"))));
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.site.surroundings().owners(bench.site.vm("copy").orElseThrow()))
        .containsExactly("u-1");
    assertThat(run.vms().get(0).notes()).contains("Whoever asked for it has the role Owner on it");
  }

  @Test
  void aVmThatCannotBeGivenToWhoeverAskedForItStaysAndSaysSo() {
    Run run = bench.run(newVm(new Choices(Map.of(), false, Optional.of("nobody"))));
    assertThat(run.state()).isEqualTo(RunState.WARNING);
    assertThat(run.vms().get(0).notes())
        .contains(
            "The VM is whole, but whoever asked for it has no role on it: There is no user nobody");
    assertThat(bench.site.vm("copy")).isPresent();
  }

  @Test
  void saysOfEachTagThatIsGoneThatItWasNotRestored() {
    bench.site.surroundings().removeTag("prod");
    Run run = bench.run(newVm(Choices.NONE));
    assertThat(run.state()).isEqualTo(RunState.WARNING);
    assertThat(run.vms().get(0).notes())
        .contains("Not restored: tag prod: there is no such tag any more", "Restored: tag web");
    assertThat(tags(bench.site.vm("copy").orElseThrow())).containsExactly("web");
    assertThat(bench.site.leftovers()).isEmpty();
  }

  @Test
  void inPlaceAddsWhatIsMissingAndTakesNothingAway() {
    bench.site.surroundings().tag(vm, "later");
    Run run = bench.run(Wish.inPlace(bench.points().get(0)).request());
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(tags(vm)).containsExactly("later", "prod", "web");
  }

  @Test
  void aManagerThatFailsAtTheTagsLeavesTheRestoredVmAlone() {
    bench
        .site
        .faults()
        .failNext(
            FakeCall.APPLY_ATTRIBUTES,
            new StillpointException(ErrorKind.HYPERVISOR_UNAVAILABLE, "away", "wait"));
    Run run = bench.run(newVm(Choices.NONE));
    assertThat(run.state()).isEqualTo(RunState.WARNING);
    assertThat(bench.site.vm("copy")).isPresent();
    assertThat(bench.site.leftovers()).isEmpty();
  }

  @Test
  void connectsNicsToTheNetworkChosen() {
    assertThat(planned(Map.of())).isEqualTo("ovirtmgmt");
    assertThat(planned(Map.of("ovirtmgmt", "backend"))).isEqualTo("backend");
    assertThat(planned(Map.of("profile-1", "profile-2"))).isEqualTo("backend");
    assertThat(planned(Map.of("ovirtmgmt", ""))).isEmpty();
  }

  private String planned(Map<String, String> networks) {
    RestorePlan plan = bench.restores.plan(newVm(new Choices(networks, false, Optional.empty())));
    assertThat(plan.refusals()).isEmpty();
    return plan.target().nics().stream()
        .map(NicSettings::profile)
        .map(NetworkProfile::name)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void refusesANetworkThatIsNotThereOrThatNoNicIsOn() {
    assertThat(refusals(Map.of("ovirtmgmt", "nowhere")))
        .containsExactly("There is no network nowhere for NIC nic1");
    assertThat(refusals(Map.of("ovirtmgnt", "backend")))
        .containsExactly("No NIC of the restore point is on network ovirtmgnt");
  }

  private List<String> refusals(Map<String, String> networks) {
    return bench
        .restores
        .plan(newVm(new Choices(networks, false, Optional.empty())))
        .refusals()
        .stream()
        .map(Problem::detail)
        .toList();
  }

  @Test
  void showsInThePlanWhatWillBeGivenBack() {
    assertThat(bench.restores.plan(newVm(Choices.NONE)).notes())
        .contains("Given back where the manager still has it: tag prod, tag web");
  }
}
