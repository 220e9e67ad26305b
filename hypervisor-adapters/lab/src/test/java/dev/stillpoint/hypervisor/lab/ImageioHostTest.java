package dev.stillpoint.hypervisor.lab;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;

/** The same over a real ovirt-imageio, which is killed and started again. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ImageioHostTest extends HostTest {
  @Override
  LabConfig config(Path directory) {
    return RealParts.config(directory);
  }
}
