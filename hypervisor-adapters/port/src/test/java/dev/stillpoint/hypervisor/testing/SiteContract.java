package dev.stillpoint.hypervisor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.VmGroup;
import dev.stillpoint.hypervisor.VmName;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every adapter must do. An adapter's test extends this and says how to start a site; each
 * test gets a fresh one.
 */
public abstract class SiteContract
    implements SnapshotContract, RestoreContract, CrashContract, DriveContract, ActivityContract {

  private ContractSteps steps;

  /** A fresh site, closed by the caller. */
  protected abstract SiteUnderTest startSite();

  @Override
  public final ContractSteps steps() {
    return steps;
  }

  @BeforeEach
  final void start() {
    steps = new ContractSteps(startSite());
  }

  @AfterEach
  final void stop() {
    if (steps == null) {
      // Skipped: the site's parts are not on this machine.
      return;
    }
    try (SiteUnderTest site = steps.site) {
      assertThat(site).isNotNull();
      steps.close();
    }
  }

  @Test
  void tellsWhoAnswers() {
    assertThat(steps.session().info().product()).isNotBlank();
    assertThat(steps.session().info().version()).isNotBlank();
  }

  @Test
  void listsAllVmsInTheOrderOfTheirNames() {
    List<VmSummary> vms = steps.session().inventory().vms();

    assertThat(vms).isSortedAccordingTo(Comparator.comparing(VmSummary::name));
    VmSummary running = find(vms, steps.site.runningVm());
    assertThat(running.power()).isEqualTo(PowerState.UP);
    assertThat(running.disks()).isPositive();
    assertThat(running.provisioned().bytes()).isPositive();
    assertThat(running.cluster()).isNotBlank();
    assertThat(find(vms, steps.site.stoppedVm()).power()).isEqualTo(PowerState.DOWN);
    assertThat(steps.session().inventory().names())
        .containsExactlyInAnyOrderElementsOf(
            vms.stream().map(vm -> new VmName(vm.id(), vm.name(), vm.cluster())).toList());
  }

  @Test
  void tellsAllThatARestoreNeeds() {
    VmSettings settings = steps.settings(steps.site.runningVm());

    assertThat(settings.name()).isNotBlank();
    assertThat(settings.hardware().memory().bytes()).isPositive();
    assertThat(settings.nativeDocument()).isNotBlank();
    assertThat(settings.nics()).isNotEmpty();
    assertThat(settings.nics().get(0).mac()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
    assertThat(settings.nics().get(0).profile().network()).isNotBlank();
    assertThat(settings.disks()).isNotEmpty();
    assertThat(settings.disks().get(0).storage().name()).isNotBlank();
    assertThat(settings.disks().get(0).size().bytes()).isPositive();
  }

  @Test
  void tellsWhereThingsCanBeMade() {
    assertThat(steps.session().inventory().clusters()).isNotEmpty();
    assertThat(steps.session().inventory().networks()).isNotEmpty();
    assertThat(steps.session().inventory().storages())
        .anySatisfy(
            storage -> {
              assertThat(storage.usable()).isTrue();
              assertThat(storage.available().bytes()).isPositive();
            });
  }

  @Test
  void placesEveryVm() {
    List<VmPlacement> placements = steps.session().inventory().placements();

    assertThat(placements)
        .extracting(VmPlacement::id)
        .containsExactlyInAnyOrderElementsOf(
            steps.session().inventory().vms().stream().map(VmSummary::id).toList());
    assertThat(placements)
        .filteredOn(vm -> vm.id().equals(steps.site.runningVm()))
        .allSatisfy(
            vm -> {
              assertThat(vm.cluster()).isNotBlank();
              assertThat(vm.dataCenter()).isNotBlank();
              assertThat(vm.host()).isNotBlank();
              assertThat(vm.storages()).isNotEmpty();
            });
    assertThat(placements)
        .filteredOn(vm -> vm.id().equals(steps.site.stoppedVm()))
        .allSatisfy(vm -> assertThat(vm.host()).isEmpty());
  }

  @Test
  void keepsEveryVmInTheGroupsThatItsPlacementNames() {
    List<VmGroup> groups = steps.session().inventory().groups();

    assertThat(groups).doesNotHaveDuplicates();
    for (VmPlacement vm : steps.session().inventory().placements()) {
      assertThat(groupsOf(groups, vm, VmGroup.Kind.CLUSTER)).containsExactly(vm.cluster());
      assertThat(groupsOf(groups, vm, VmGroup.Kind.TAG))
          .containsExactlyInAnyOrderElementsOf(vm.tags());
      assertThat(groupsOf(groups, vm, VmGroup.Kind.AFFINITY_GROUP))
          .containsExactlyInAnyOrderElementsOf(vm.affinityGroups());
    }
  }

  private static List<String> groupsOf(List<VmGroup> all, VmPlacement vm, VmGroup.Kind kind) {
    return all.stream()
        .filter(group -> group.kind() == kind && group.members().contains(vm.id()))
        .map(VmGroup::name)
        .toList();
  }

  @Test
  void doesNotKnowATokenNobodyHas() {
    for (String token : List.of("no-such-token", "two\r\nlines: x", "")) {
      try (Password unknown = new Password(token.toCharArray())) {
        assertThatThrownBy(() -> steps.session().callers().identify(unknown))
            .isInstanceOf(StillpointException.class)
            .extracting(e -> ((StillpointException) e).kind())
            .isEqualTo(ErrorKind.UNAUTHENTICATED);
      }
    }
    assertThat(steps.session().info().product()).as("our own login lives on").isNotBlank();
  }

  @Test
  void knowsNoSettingsOfAnUnknownVm() {
    VmId unknown = new VmId("11111111-1111-1111-1111-111111111111");

    assertThat(steps.session().inventory().settings(unknown)).isEmpty();
  }

  @Test
  void refusesAWrongPasswordNamingTheUser() {
    try (Password wrong = new Password("wrong".toCharArray())) {
      assertThatThrownBy(
              () ->
                  steps
                      .site
                      .connector()
                      .connect(steps.site.address(), wrong, steps.site.timeouts()))
          .isInstanceOf(StillpointException.class)
          .hasMessageContaining(steps.site.address().username())
          .extracting(e -> ((StillpointException) e).kind())
          .isEqualTo(ErrorKind.UNAUTHENTICATED);
    }
  }

  @Test
  void closesTwiceWithoutComplaint() {
    var session = steps.restartedSession();
    session.close();
    session.close();

    assertThat(steps.restartedSession().info().product()).isNotBlank();
  }

  private static VmSummary find(List<VmSummary> vms, VmId id) {
    return vms.stream().filter(vm -> vm.id().equals(id)).findFirst().orElseThrow();
  }
}
