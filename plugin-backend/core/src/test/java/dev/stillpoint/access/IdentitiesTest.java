package dev.stillpoint.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.Caller;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.hypervisor.testing.FakeSite;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import dev.stillpoint.testing.InMemorySecretStore;
import dev.stillpoint.testing.InMemorySiteStore;
import dev.stillpoint.testing.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

  private static final SiteId SITE = new SiteId("site");
  private static final SiteId OTHER = new SiteId("other");
  private static final VmId HIS = new VmId("his");
  private static final VmId MERELY_SEEN = new VmId("seen");
  private static final VmId HIDDEN = new VmId("hidden");

  private final FakeSite site = new FakeSite();
  private final TestingClock clock = new TestingClock(Instant.EPOCH);
  private Sites sites;
  private Identities identities;

  @BeforeEach
  void start() {
    InMemorySiteStore store = new InMemorySiteStore();
    InMemorySecretStore secrets = new InMemorySecretStore();
    for (SiteId id : List.of(SITE, OTHER)) {
      store.insert(new Site(id, id.value(), site.kind(), site.address()));
      secrets.put(id, site.password());
    }
    sites = new Sites(store, secrets, List.of(site), site.timeouts());
    identities = new Identities(sites, clock);
    site.surroundings()
        .introduce(
            "clerk-token",
            new Caller(
                "1",
                "clerk",
                false,
                Set.of(),
                Map.of(HIS, Set.of("back_up", "read_data"), MERELY_SEEN, Set.of())));
    site.surroundings()
        .introduce(
            "admin-token",
            new Caller("2", "boss", true, Set.of("administer", "back_up"), Map.of(HIS, Set.of())));
  }

  @AfterEach
  void stop() {
    sites.close();
  }

  private Access of(String token) {
    try (Password secret = new Password(token.toCharArray())) {
      return identities.of(SITE, secret);
    }
  }

  private int questions() {
    return Collections.frequency(site.faults().calls(), FakeCall.IDENTIFY);
  }

  private static void refused(ErrorKind kind, String says, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StillpointException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e).hasMessageContaining(says);
            });
  }

  @Test
  void letsACallerDoWhatTheManagerLetsHim() {
    Access clerk = of("clerk-token");
    assertThat(clerk.name()).isEqualTo("clerk");
    clerk.require(Right.BACK_UP, SITE, HIS, "web01");
    refused(
        ErrorKind.PERMISSION,
        "clerk may not back up VM db01: the permit back_up is missing",
        () -> clerk.require(Right.BACK_UP, SITE, MERELY_SEEN, "db01"));
    refused(
        ErrorKind.PERMISSION,
        "may not restore VM web01: the permit restore is missing",
        () -> clerk.require(Right.RESTORE, SITE, HIS, "web01"));
  }

  @Test
  void doesNotTellACallerOfVmsHeDoesNotSee() {
    Access clerk = of("clerk-token");
    assertThat(clerk.vms()).contains(Set.of(HIS, MERELY_SEEN));
    assertThat(clerk.sees(SITE, HIDDEN)).isFalse();
    refused(
        ErrorKind.NOT_FOUND,
        "no VM secret",
        () -> clerk.require(Right.BACK_UP, SITE, HIDDEN, "secret"));
    assertThat(clerk.sees(OTHER)).isFalse();
    assertThat(clerk.sees(OTHER, HIS)).as("the same id at another manager").isFalse();
  }

  @Test
  void whoSeesAllWithoutAdministeringDoesNotSeeWhatIsGone() {
    site.surroundings()
        .introduce(
            "auditor-token", new Caller("5", "auditor", true, Set.of(), Map.of(HIS, Set.of())));
    Access auditor = of("auditor-token");
    assertThat(auditor.vms()).contains(Set.of(HIS));
    assertThat(auditor.sees(SITE, HIS)).isTrue();
    assertThat(auditor.sees(SITE, HIDDEN)).isFalse();
  }

  @Test
  void letsAnAdministratorSeeAlsoWhatIsGoneAndOnlyAtHisSite() {
    Access boss = of("admin-token");
    assertThat(boss.vms()).isEmpty();
    assertThat(boss.sees(SITE, HIDDEN)).isTrue();
    boss.requireAdministrator(SITE);
    boss.require(Right.BACK_UP, SITE, HIDDEN, "gone");
    refused(ErrorKind.PERMISSION, "administer", () -> boss.requireAdministrator(OTHER));
    refused(ErrorKind.PERMISSION, "server's own token", boss::requireServer);
    boss.requireAdministrator();
    refused(ErrorKind.PERMISSION, "other sites", () -> boss.requireAdministratorOfAll(sites));
    sites.remove(OTHER);
    boss.requireAdministratorOfAll(sites);
    Access clerk = of("clerk-token");
    refused(ErrorKind.PERMISSION, "administer", clerk::requireAdministrator);
    refused(ErrorKind.PERMISSION, "administer", () -> clerk.requireAdministratorOfAll(sites));
    refused(ErrorKind.PERMISSION, "administer", () -> of("clerk-token").requireAdministrator(SITE));
  }

  @Test
  void asksTheManagerAgainAfterAMinuteAndNotBefore() {
    of("clerk-token");
    clock.advance(Duration.ofSeconds(59));
    of("clerk-token");
    assertThat(questions()).isEqualTo(1);
    site.surroundings()
        .introduce("clerk-token", new Caller("1", "clerk", false, Set.of(), Map.of()));
    clock.advance(Duration.ofSeconds(1));
    assertThat(of("clerk-token").sees(SITE, HIS)).isFalse();
    assertThat(questions()).isEqualTo(2);
  }

  @Test
  void keepsTheAnswersForTwoTokensAndTwoSitesApart() {
    assertThat(of("clerk-token").name()).isEqualTo("clerk");
    assertThat(of("admin-token").name()).isEqualTo("boss");
    try (Password secret = new Password("clerk-token".toCharArray())) {
      assertThat(identities.of(OTHER, secret).sees(SITE)).isFalse();
    }
  }

  @Test
  void refusesAndDoesNotRememberATokenNobodyHas() {
    refused(ErrorKind.UNAUTHENTICATED, "token", () -> of("who"));
    site.surroundings().introduce("who", new Caller("3", "late", false, Set.of(), Map.of()));
    assertThat(of("who").name()).isEqualTo("late");
  }
}
