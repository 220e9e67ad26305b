package dev.stillpoint.protection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.Selector;
import dev.stillpoint.protection.VmProtection.State;
import dev.stillpoint.upkeep.VmFigures;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProtectionReportTest {

  private static final SiteId SITE = new SiteId("site-1");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final VmId WEB = new VmId("web");
  private static final VmId DB = new VmId("db");

  private final Map<VmId, VmFigures> figures = new LinkedHashMap<>();

  private static Policy naming(String name, boolean enabled, VmId... vms) {
    return new Policy(
        new PolicyId(name),
        name,
        SITE,
        List.of(vms),
        List.of(),
        Freezing.NONE,
        enabled,
        Optional.empty(),
        Optional.empty(),
        GroupSettings.STANDARD,
        Optional.empty());
  }

  private static Policy selecting(String name, String include, String except) {
    return new Policy(
        new PolicyId(name),
        name,
        SITE,
        List.of(),
        List.of(),
        Freezing.NONE,
        true,
        Optional.of(
            new Selector(
                List.of(Selector.Rule.parse(include)), List.of(Selector.Rule.parse(except)))),
        Optional.empty(),
        GroupSettings.STANDARD,
        Optional.empty());
  }

  private static VmPlacement placed(VmId vm, String... tags) {
    return new VmPlacement(
        vm, vm.value(), "Default", "Default", "host1", List.of(), List.of(tags), List.of());
  }

  private void points(VmId vm, int count) {
    figures.put(
        vm,
        new VmFigures(
            "was " + vm,
            count,
            Optional.of(NOON),
            Optional.of(NOON),
            ByteCount.ZERO,
            ByteCount.ZERO,
            ByteCount.ZERO));
  }

  private List<VmProtection> report(NextStarts next, Policy... policies) {
    Map<VmId, String> vms = new LinkedHashMap<>();
    vms.put(WEB, "web01");
    vms.put(DB, "db01");
    return ProtectionReport.of(
        new ProtectionReport.Input(
            SITE,
            vms,
            List.of(placed(WEB, "prod"), placed(DB, "prod", "test")),
            List.of(policies),
            figures),
        next);
  }

  private List<VmProtection> report(Policy... policies) {
    return report(NextStarts.unknown(), policies);
  }

  @Test
  void aVmWithAPolicyAndAPointIsProtected() {
    points(WEB, 3);
    VmProtection web = report(naming("nightly", true, WEB)).get(0);
    assertThat(web.state()).isEqualTo(State.PROTECTED);
    assertThat(web.reason().text()).isEqualTo("by nightly, run by hand");
    assertThat(web.figures().newest()).contains(NOON);
  }

  @Test
  void theNextStartIsTheFirstOfTheEnabledPolicies() {
    points(WEB, 3);
    Map<String, Instant> starts =
        Map.of("weekly", NOON.plusSeconds(900), "nightly", NOON.plusSeconds(60), "off", NOON);
    VmProtection web =
        report(
                policy -> Optional.ofNullable(starts.get(policy.name())),
                naming("weekly", true, WEB),
                naming("nightly", true, WEB),
                naming("off", false, WEB))
            .get(0);
    assertThat(web.nextStart()).contains(NOON.plusSeconds(60));
    assertThat(web.reason().text()).isEqualTo("by weekly, nightly");
    assertThat(web.policies()).hasSize(2);
  }

  @Test
  void aPolicyThatHasMadeNoPointProtectsNothingYet() {
    assertThat(report(naming("nightly", true, WEB)).get(0).state()).isEqualTo(State.WAITING);
  }

  @Test
  void saysWhyAVmIsUnprotected() {
    points(WEB, 3);
    assertThat(report().get(0).reason().text()).isEqualTo("no policy names or selects it");
    assertThat(report(naming("off", false, WEB)).get(0).reason().text())
        .isEqualTo("only by what is disabled: off");
    VmProtection db = report(selecting("prod", "tag=prod", "tag=test")).get(1);
    assertThat(db.state()).isEqualTo(State.UNPROTECTED);
    assertThat(db.reason().text()).isEqualTo("policy prod leaves it out: tag=test");
  }

  @Test
  void selectedVmsAreProtectedLikeNamedOnes() {
    points(WEB, 1);
    assertThat(report(selecting("prod", "tag=prod", "tag=test")).get(0).state())
        .isEqualTo(State.PROTECTED);
  }

  @Test
  void aVmThatIsGoneIsListedAsLongAsItHasPoints() {
    VmId old = new VmId("old");
    points(old, 2);
    List<VmProtection> all = report(naming("nightly", true, old));
    assertThat(all).hasSize(3);
    assertThat(all.get(2).state()).isEqualTo(State.GONE);
    assertThat(all.get(2).name()).isEqualTo("was old");
    assertThat(all.get(2).figures().points()).isEqualTo(2);
  }
}
