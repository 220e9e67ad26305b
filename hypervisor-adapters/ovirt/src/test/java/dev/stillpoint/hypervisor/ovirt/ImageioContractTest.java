package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.lab.LabTls;
import dev.stillpoint.hypervisor.testing.SiteContract;
import dev.stillpoint.hypervisor.testing.SiteUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The adapter keeps the port's contract over a real ovirt-imageio with TLS, qemu-nbd and qcow2
 * images with dirty bitmaps; the engine is the lab's.
 */
final class ImageioContractTest extends SiteContract {

  @TempDir private static Path keys;
  private static TestKey key;

  @TempDir private Path directory;

  @BeforeAll
  static void makeAKey() throws Exception {
    key = TestKey.make(keys);
  }

  @Override
  protected SiteUnderTest startSite() {
    return new LabSite(
        LabSite.withPlainUser(LabTest.realParts(directory))
            .withTls(new LabTls(key.keyStore(), TestKey.SECRET)),
        key.pem());
  }
}
