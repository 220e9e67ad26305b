package dev.stillpoint.hypervisor.ovirt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stillpoint.hypervisor.Caller;
import dev.stillpoint.hypervisor.Callers.MissingPermit;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.rest.Account;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ovirt.engine.sdk4.builders.Builders;

/** People who come with a token of the engine's. */
final class CallersTest {

  private static final Set<String> LEAST =
      Set.of(
          "login",
          "backup_disk",
          "edit_disk_properties",
          "create_disk",
          "attach_disk",
          "delete_disk",
          "manipulate_vm_snapshots",
          "create_vm",
          "delete_vm",
          "edit_vm_properties",
          "change_vm_custom_properties",
          "configure_vm_storage",
          "configure_vm_network",
          "change_vm_cd",
          "tag_management",
          "manipulate_affinity_groups",
          "manipulate_permissions",
          "inject_external_events");

  @TempDir private Path directory;

  private LabSite site;
  private SiteSession session;

  @BeforeEach
  void start() {
    site =
        new LabSite(
            LabConfig.inDirectory(directory)
                .withAccounts(
                    List.of(
                        Account.administrator("admin@internal", "password"),
                        Account.plain("clerk@internal", "password", Set.of("web01")),
                        Account.plain("nobody@internal", "password", Set.of()),
                        Account.service("backup@internal", "password", LEAST))));
    session = connect("admin@internal");
  }

  @AfterEach
  void stop() {
    session.close();
    site.close();
  }

  private SiteSession connect(String user) {
    try (Password password = site.password()) {
      URI url = URI.create(site.engine.apiUrl());
      return site.connector().connect(new SiteAddress(url, user, ""), password, LabTest.PATIENT);
    }
  }

  private String token(String user) throws IOException, InterruptedException {
    String form =
        "grant_type=password&scope=ovirt-app-api&password=password&username="
            + URLEncoder.encode(user, UTF_8);
    String answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(site.engine.engineUrl() + "/ovirt-engine/sso/oauth/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build(),
                BodyHandlers.ofString())
            .body();
    return answer.replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
  }

  private Caller identify(String token) {
    try (Password secret = new Password(token.toCharArray())) {
      return session.callers().identify(secret);
    }
  }

  @Test
  void knowsAPlainUserHisVmAndWhatHeMayThere() throws Exception {
    Caller clerk = identify(token("clerk@internal"));

    assertThat(clerk.name()).isEqualTo("clerk@internal-authz");
    assertThat(clerk.seesAll()).isFalse();
    assertThat(clerk.vms().keySet()).containsExactly(site.runningVm());
    assertThat(clerk.may("change_vm_cd", site.runningVm())).isTrue();
    assertThat(clerk.may("backup_disk", site.runningVm())).isFalse();
    assertThat(clerk.may("change_vm_cd", site.stoppedVm())).isFalse();
    assertThat(clerk.general()).isEmpty();
  }

  @Test
  void knowsAnAdministratorToWhomTheFilterWouldShowNothing() throws Exception {
    Caller admin = identify(token("admin@internal"));

    assertThat(admin.seesAll()).isTrue();
    assertThat(admin.may("backup_disk", site.stoppedVm())).isTrue();
    assertThat(admin.general()).contains("configure_engine");
  }

  @Test
  void findsARoleOnTheClusterOnEveryVmOfIt() throws Exception {
    String token = token("clerk@internal");
    String id = identify(token).id();
    String cluster = session.inventory().clusters().get(0).id();
    site.engine.organise(
        org -> org.grant(org.role("UserVmManager").orElseThrow().id(), id, "cluster", cluster));

    Caller clerk = identify(token);

    assertThat(clerk.vms()).hasSize(session.inventory().vms().size());
    assertThat(clerk.may("backup_disk", site.stoppedVm())).isTrue();
    assertThat(clerk.general()).isEmpty();
  }

  @Test
  void letsWhoOwnsAVmMakeOthersOnlyWhereARoleOnItsClusterDoes() throws Exception {
    String token = token("clerk@internal");
    String id = identify(token).id();
    String web = site.runningVm().value();
    String cluster = session.inventory().clusters().get(0).id();
    site.engine.organise(
        org -> org.grant(org.role("UserVmManager").orElseThrow().id(), id, "vm", web));

    Caller owner = identify(token);
    site.engine.organise(
        org -> org.grant(org.role("VmCreator").orElseThrow().id(), id, "cluster", cluster));
    Caller maker = identify(token);

    assertThat(owner.may("backup_disk", site.runningVm())).isTrue();
    assertThat(owner.may("create_vm", site.runningVm())).isFalse();
    assertThat(maker.may("create_vm", site.runningVm())).isTrue();
    assertThat(maker.vms().keySet()).containsExactly(site.runningVm());
  }

  @Test
  void takesARoleOnSomethingTheApiCannotNameForNoneOnTheSystem() throws Exception {
    String token = token("clerk@internal");
    String id = identify(token).id();
    for (String scope : List.of("vnic_profile", "network", "disk_profile", "mac_pool", "disk")) {
      site.engine.organise(
          org -> org.grant(org.role("SuperUser").orElseThrow().id(), id, scope, "some-" + scope));
    }

    Caller clerk = identify(token);

    assertThat(clerk.general()).isEmpty();
    assertThat(clerk.may("backup_disk", site.runningVm())).isFalse();
  }

  @Test
  void findsARoleOnTheSystemBesideSuchARole() throws Exception {
    String token = token("clerk@internal");
    String id = identify(token).id();
    String role = site.engine.organise(org -> org.role("UserVmManager").orElseThrow().id());
    site.engine.organise(org -> org.grant(role, id, "network", "some-network"));
    site.engine.organise(org -> org.grant(role, id, "system", ""));

    assertThat(identify(token).general())
        .contains("backup_disk")
        .doesNotContain("configure_engine");
  }

  @Test
  void doesNotKnowAnExpiredTokenNorOneWithoutAnyRole() throws Exception {
    String token = token("clerk@internal");
    assertThat(identify(token).vms()).hasSize(1);
    site.engine.expireTokens();

    StillpointException expired = LabTest.fails(ErrorKind.UNAUTHENTICATED, () -> identify(token));
    assertThat(expired).hasMessageNotContaining(token);
    assertThat(expired.remedy()).contains("Log in");
    String nobody = token("nobody@internal");
    LabTest.fails(ErrorKind.UNAUTHENTICATED, () -> identify(nobody));
    assertThat(session.info().product()).as("our own login is made anew").isNotBlank();
  }

  @Test
  void leavesTheCallersLoginAlive() throws Exception {
    String token = token("clerk@internal");
    identify(token);
    assertThat(identify(token).vms().keySet()).containsExactly(new VmId(site.engine.vmId("web01")));
  }

  @Test
  void namesThePermitsForFreezingAndForCustomProperties() {
    assertThat(Permits.missing(Set.of()))
        .extracting(MissingPermit::permit, MissingPermit::need)
        .contains(
            tuple("configure_vm_storage", "freezing guests, exchanging a VM's disks"),
            tuple("change_vm_custom_properties", "restoring custom properties"));
    assertThat(Permits.name(Builders.permit().id("14").name("renamed").build()))
        .isEqualTo("change_vm_custom_properties");
  }

  @Test
  void namesThePermitsThatTheServiceAccountLacks() {
    assertThat(session.callers().missingPermits()).isEmpty();
    try (SiteSession service = connect("backup@internal")) {
      assertThat(service.callers().missingPermits())
          .containsExactly(new MissingPermit("inject_external_tasks", "tasks in the engine"));
    }
  }
}
