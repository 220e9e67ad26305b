package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.rest.Account;
import dev.stillpoint.hypervisor.testing.RecordingJournal;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service account that may too little. */
final class RightsTest {

  @TempDir private Path directory;

  @Test
  void seesOnlyItsOwnVmsAndIsToldWhatItMayNot() {
    LabConfig config =
        LabConfig.inDirectory(directory)
            .withAccounts(
                List.of(
                    Account.administrator("admin@internal", "password"),
                    Account.plain("clerk@internal", "pass%word +ä", Set.of("web01"))));
    RecordingJournal journal = new RecordingJournal();
    try (LabSite site = new LabSite(config);
        Password password = new Password("pass%word +ä".toCharArray());
        SiteSession session =
            site.connector()
                .connect(
                    new SiteAddress(URI.create(site.engine.apiUrl()), "clerk@internal", ""),
                    password,
                    LabTest.PATIENT)) {
      assertThat(session.inventory().vms()).extracting(VmSummary::name).containsExactly("web01");
      DiskId disk = new DiskId(site.engine.diskIds(site.runningVm().value()).get(0));
      SnapshotRequest request =
          new SnapshotRequest(
              UUID.randomUUID(),
              site.runningVm(),
              List.of(disk),
              Optional.empty(),
              Freezing.NONE,
              "test");

      StillpointException e =
          LabTest.fails(
              ErrorKind.PERMISSION, () -> session.snapshots().take(request, journal).close());

      assertThat(e.remedy()).contains("clerk@internal");
      assertThat(journal.open()).isEmpty();
    }
  }
}
