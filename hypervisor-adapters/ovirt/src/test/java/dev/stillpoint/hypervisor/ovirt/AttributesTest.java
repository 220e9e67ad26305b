package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stillpoint.hypervisor.Outcome;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmAttributes.Named;
import dev.stillpoint.hypervisor.VmGroup;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.lab.model.Organisation.Bundle;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tags, affinity, permissions and what else the engine knows of a VM, there and back. */
final class AttributesTest extends LabTest {

  private void furnish(VmId vm) {
    site.engine.organise(
        org -> {
          for (Map<String, Bundle> where : List.of(org.tags(), org.groups(), org.labels())) {
            org.add(where, "gold").vms().add(vm.value());
          }
          return true;
        });
  }

  private VmAttributes attributes(VmId vm) {
    return session.inventory().settings(vm).flatMap(VmSettings::attributes).orElseThrow();
  }

  @Test
  void keepsWhatTheEngineKnowsOfAVm() {
    VmId web = site.runningVm();
    furnish(web);

    VmAttributes now = attributes(web);

    assertThat(now.tags()).extracting(Named::name).containsExactly("gold");
    assertThat(now.affinityGroups()).extracting(Named::name).containsExactly("gold");
    assertThat(now.affinityLabels()).extracting(Named::name).containsExactly("gold");
    assertThat(now.permissions()).extracting(p -> p.role().name()).containsExactly("SuperUser");
    assertThat(now.permissions())
        .extracting(p -> p.holder().name())
        .containsExactly("admin@internal-authz");
    assertThat(now.ballooning()).isTrue();
    assertThat(now.unread()).isEmpty();
    assertThat(now.document()).startsWith("<?xml").contains("<tag ", "<permission ", "<cdrom ");
    assertThat(session.inventory().settings(web).orElseThrow().nativeDocument()).contains("ovf:");
  }

  @Test
  void listsGroupsWithTheirMembersAlsoEmptyOnes() {
    furnish(site.runningVm());
    site.engine.organise(org -> org.add(org.groups(), "empty"));

    List<VmGroup> groups = session.inventory().groups();

    assertThat(groups)
        .filteredOn(group -> group.kind() != VmGroup.Kind.CLUSTER)
        .extracting(VmGroup::kind, VmGroup::name, VmGroup::cluster, VmGroup::members)
        .containsExactly(
            tuple(VmGroup.Kind.AFFINITY_GROUP, "empty", "Default", List.of()),
            tuple(VmGroup.Kind.AFFINITY_GROUP, "gold", "Default", List.of(site.runningVm())),
            tuple(VmGroup.Kind.TAG, "gold", "", List.of(site.runningVm())));
    assertThat(groups)
        .filteredOn(group -> group.kind() == VmGroup.Kind.CLUSTER)
        .singleElement()
        .satisfies(
            cluster -> assertThat(cluster.members()).contains(site.runningVm(), site.stoppedVm()));
  }

  @Test
  void keepsTheAddressesThatGuestsReport() {
    assertThat(session.inventory().settings(site.runningVm()).orElseThrow().nics())
        .allSatisfy(nic -> assertThat(nic.guestAddresses()).isNotEmpty());
    assertThat(session.inventory().settings(site.stoppedVm()).orElseThrow().nics())
        .allSatisfy(nic -> assertThat(nic.guestAddresses()).isEmpty());
  }

  @Test
  void givesAnotherVmWhatTheFirstHad() {
    furnish(site.runningVm());
    VmAttributes had = attributes(site.runningVm());
    VmAttributes wanted =
        new VmAttributes(
            false,
            7,
            Map.of("viodiskcache", "writethrough"),
            had.tags(),
            had.affinityGroups(),
            had.affinityLabels(),
            had.permissions(),
            "",
            List.of());

    List<Outcome> outcomes = restore(wanted, true);

    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.isRestored()).isTrue());
    assertThat(outcomes)
        .extracting(Outcome::what)
        .contains("tag gold", "affinity group gold", "affinity label gold");
    VmAttributes now = attributes(site.stoppedVm());
    assertThat(now.tags()).isEqualTo(had.tags());
    assertThat(now.affinityGroups()).isEqualTo(had.affinityGroups());
    assertThat(now.affinityLabels()).isEqualTo(had.affinityLabels());
    assertThat(now.availabilityPriority()).isEqualTo(7);
    assertThat(now.ballooning()).isFalse();
    assertThat(now.customProperties()).containsEntry("viodiskcache", "writethrough");
    assertThat(restore(wanted, true)).as("what is there is left alone").isEmpty();
  }

  @Test
  void joinsAGroupAndATagThatWereMadeAnewUnderTheirOldNames() {
    furnish(site.runningVm());
    VmAttributes had = attributes(site.runningVm());
    site.engine.organise(
        org ->
            Stream.of(org.tags(), org.groups())
                .map(
                    where -> {
                      where.clear();
                      return org.add(where, "gold");
                    })
                .toList());

    assertThat(restore(had, false)).allSatisfy(o -> assertThat(o.isRestored()).isTrue());
    assertThat(attributes(site.stoppedVm()).affinityGroups())
        .extracting(Named::name)
        .containsExactly("gold");
  }

  @Test
  void saysOfEachThingThatIsGoneThatItCouldNotBeBroughtBack() {
    furnish(site.runningVm());
    VmAttributes had = attributes(site.runningVm());
    site.engine.organise(
        org -> {
          Stream.of(org.tags(), org.groups(), org.labels()).forEach(Map::clear);
          return true;
        });

    assertThat(restore(had, false))
        .extracting(Outcome::what)
        .containsExactly("tag gold", "affinity group gold", "affinity label gold");
    assertThat(restore(had, false)).noneMatch(Outcome::isRestored);
  }

  @Test
  void givesRolesBackOnlyWhenAsked() {
    VmId vm = site.stoppedVm();
    String owner = site.engine.organise(org -> org.role("UserVmManager").orElseThrow().id());
    String admin = attributes(vm).permissions().get(0).holder().id();
    site.engine.organise(org -> org.grant(owner, admin, "vm", vm.value()));
    VmAttributes had = attributes(vm);
    site.engine.organise(org -> org.permissions().values().removeIf(p -> p.role().equals(owner)));

    assertThat(restore(had, false)).isEmpty();
    assertThat(restore(had, true))
        .containsExactly(Outcome.restored("permission UserVmManager for admin@internal-authz"));
    assertThat(attributes(vm).permissions()).hasSameSizeAs(had.permissions());
  }

  @Test
  void givesAVmToWhoeverHadItMade() {
    VmId vm = site.stoppedVm();
    String admin = attributes(vm).permissions().get(0).holder().id();

    assertThat(session.restoreTarget().giveTo(vm, admin)).isEqualTo("UserVmManager");
    assertThat(attributes(vm).permissions())
        .extracting(VmAttributes.Permission::toString)
        .contains("UserVmManager for admin@internal-authz");
    StillpointException refusal =
        LabTest.fails(
            ErrorKind.NOT_FOUND,
            () -> session.restoreTarget().giveTo(vm, "11111111-1111-1111-1111-111111111111"));
    assertThat(refusal.remedy()).contains("role");
  }

  private List<Outcome> restore(VmAttributes wanted, boolean permissions) {
    return session.restoreTarget().applyAttributes(site.stoppedVm(), wanted, permissions);
  }

  @Test
  void placesVmsWithTheirTagsAndGroups() {
    furnish(site.runningVm());

    Optional<VmPlacement> web =
        session.inventory().placements().stream()
            .filter(vm -> vm.id().equals(site.runningVm()))
            .findFirst();

    assertThat(web).get().extracting(VmPlacement::tags).isEqualTo(List.of("gold"));
    assertThat(web).get().extracting(VmPlacement::affinityGroups).isEqualTo(List.of("gold"));
    assertThat(web).get().extracting(VmPlacement::storages).isEqualTo(List.of("data1"));
    assertThat(web).get().extracting(VmPlacement::host).isEqualTo("labhost1");
  }
}
