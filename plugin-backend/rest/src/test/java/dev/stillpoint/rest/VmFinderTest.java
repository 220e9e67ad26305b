package dev.stillpoint.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.site.Site;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class VmFinderTest {

  private final Site site =
      new Site(
          new SiteId("site"),
          "engine",
          "ovirt",
          new SiteAddress(URI.create("https://engine.example/ovirt-engine/api"), "admin", ""));

  @Test
  void aNameThatTwoVmsHaveIsRefusedRatherThanGuessed() {
    List<VmSummary> all = List.of(vm("id-1", "web"), vm("id-2", "web"), vm("id-3", "db"));
    assertThat(VmFinder.one(site, all, "db").id()).isEqualTo(new VmId("id-3"));
    assertThat(VmFinder.one(site, all, "id-2").id()).isEqualTo(new VmId("id-2"));
    assertThatThrownBy(() -> VmFinder.one(site, all, "web"))
        .isInstanceOfSatisfying(
            StillpointException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
              assertThat(e.getMessage()).contains("2 VMs named web");
              assertThat(e.remedy()).contains("id-1").contains("id-2");
            });
  }

  @Test
  void anIdComesBeforeAVmThatIsNamedLikeIt() {
    List<VmSummary> all = List.of(vm("id-1", "id-2"), vm("id-2", "web"));
    assertThat(VmFinder.one(site, all, "id-2").name()).isEqualTo("web");
  }

  private static VmSummary vm(String id, String name) {
    return new VmSummary(new VmId(id), name, PowerState.UP, "Default", 1, ByteCount.ZERO);
  }
}
