package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.testing.SiteContract;
import dev.stillpoint.hypervisor.testing.SiteUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The adapter keeps the port's contract, against the embedded lab engine. */
final class OvirtContractTest extends SiteContract {

  @TempDir private Path directory;

  @Override
  protected SiteUnderTest startSite() {
    return new LabSite(directory);
  }
}
