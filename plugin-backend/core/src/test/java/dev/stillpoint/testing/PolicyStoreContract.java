package dev.stillpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every policy store does. */
public abstract class PolicyStoreContract {

  /** The same store, empty at the beginning of each test. */
  protected abstract PolicyStore store();

  @Test
  void findsAPolicyAsItWasKept() {
    Policy policy = Samples.policy("1", Samples.ODD_NAME);
    store().put(policy);
    assertThat(store().find(policy.id())).contains(policy);
    assertThat(store().all()).containsExactly(policy);
  }

  @Test
  void knowsNoPolicyThatWasNotKept() {
    assertThat(store().find(new PolicyId("1"))).isEmpty();
    assertThat(store().all()).isEmpty();
  }

  @Test
  void listsPoliciesByNameWhateverTheCase() {
    store().put(Samples.policy("1", "gamma"));
    store().put(Samples.policy("2", "Beta"));
    store().put(Samples.policy("3", "alpha"));
    assertThat(store().all()).extracting(Policy::name).containsExactly("alpha", "Beta", "gamma");
  }

  @Test
  void replacesAPolicyInEveryField() {
    store().put(Samples.policy("1", "Old"));
    Policy changed =
        new Policy(
            new PolicyId("1"),
            "New",
            new SiteId("site-2"),
            List.of(new VmId("vm-7")),
            List.of(),
            Freezing.REQUIRE,
            false,
            Optional.empty(),
            Optional.empty(),
            GroupSettings.STANDARD,
            Optional.empty());
    store().put(changed);
    assertThat(store().all()).containsExactly(changed);
  }

  @Test
  void replacesAPolicyThatKeepsItsName() {
    store().put(Samples.policy("1", "Nightly"));
    store().put(Samples.policy("1", "Nightly"));
    assertThat(store().all()).containsExactly(Samples.policy("1", "Nightly"));
  }

  @Test
  void refusesTheNameOfAnotherAndChangesNothing() {
    Policy first = Samples.policy("1", "Nightly");
    Policy second = Samples.policy("2", "Weekly");
    store().put(first);
    store().put(second);
    refusesNightly("2");
    refusesNightly("3");
    assertThat(store().all()).containsExactly(first, second);
  }

  private void refusesNightly(String id) {
    StillpointException refusal =
        catchThrowableOfType(
            StillpointException.class, () -> store().put(Samples.policy(id, "Nightly")));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(refusal).hasMessageContaining("Nightly");
    assertThat(refusal.remedy()).isNotBlank();
  }

  @Test
  void forgetsAPolicyAndFreesItsName() {
    store().put(Samples.policy("1", "Nightly"));
    store().delete(new PolicyId("1"));
    assertThat(store().find(new PolicyId("1"))).isEmpty();
    store().put(Samples.policy("2", "Nightly"));
    assertThat(store().all()).containsExactly(Samples.policy("2", "Nightly"));
  }

  @Test
  void remembersEveryPolicyAsItWasLastKeptAlsoAfterItIsDeleted() {
    store().put(Samples.policy("1", "gamma"));
    store().put(Samples.policy("1", "Beta"));
    store().put(Samples.policy("2", "alpha"));
    store().delete(new PolicyId("1"));
    assertThat(store().past())
        .containsExactly(Samples.policy("2", "alpha"), Samples.policy("1", "Beta"));
  }

  @Test
  void deletingWhatIsNotThereIsNoError() {
    store().delete(new PolicyId("1"));
    assertThat(store().all()).isEmpty();
  }
}
