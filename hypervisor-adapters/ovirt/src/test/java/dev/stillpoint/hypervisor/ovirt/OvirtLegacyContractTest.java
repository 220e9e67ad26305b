package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.testing.SiteContract;
import dev.stillpoint.hypervisor.testing.SiteUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * The adapter keeps the port's contract at cluster level 4.6, where the engine's backups are live
 * or cold and have no snapshot.
 */
final class OvirtLegacyContractTest extends SiteContract {

  @TempDir private Path directory;

  @Override
  protected SiteUnderTest startSite() {
    LabSite site = new LabSite(directory);
    site.engine.clusterLevel(6);
    return site;
  }
}
