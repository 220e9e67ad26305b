package dev.stillpoint.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.job.BackupRequest.NamedVm;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MembershipTest {

  private static List<NamedVm> vms(String... names) {
    return Arrays.stream(names).map(name -> new NamedVm(new VmId("id-" + name), name)).toList();
  }

  private static Run run(String... names) {
    BackupRequest request =
        new BackupRequest(Optional.of(new PolicyId("p")), vms(names), List.of(), Freezing.NONE);
    return Run.queued(new RunId("before"), new SiteId("s"), request, Samples.TIME);
  }

  @Test
  void tellsWhoCameAndWhoWent() {
    assertThat(Membership.between(run("a", "b"), vms("b", "c")))
        .contains(new Membership(new RunId("before"), vms("c"), vms("a")));
  }

  @Test
  void aVmThatWasRenamedOrHasAnotherPlaceIsTheSame() {
    List<NamedVm> renamed =
        List.of(new NamedVm(new VmId("id-b"), "b"), new NamedVm(new VmId("id-a"), "new name"));
    assertThat(Membership.between(run("a", "b"), renamed)).isEmpty();
  }

  @Test
  void aRestoreIsNoRunToBeComparedWith() {
    assertThat(Membership.between(Samples.failedRestore("r"), vms("a"))).isEmpty();
  }
}
