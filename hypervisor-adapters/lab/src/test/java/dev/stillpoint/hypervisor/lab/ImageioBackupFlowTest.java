package dev.stillpoint.hypervisor.lab;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;

/** The same over a real ovirt-imageio, qemu-nbd and qcow2 images. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ImageioBackupFlowTest extends BackupFlowTest {
  @Override
  LabConfig config(Path directory) {
    return RealParts.config(directory);
  }
}
