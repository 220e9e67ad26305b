package dev.stillpoint.hypervisor.lab.recordings;

import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.RealParts;
import java.nio.file.Path;

/** With a real ovirt-imageio the recordings must match just as well. */
final class ImageioRecordingsTest extends RecordingsTest {
  @Override
  LabConfig base(Path directory) {
    return RealParts.config(directory);
  }
}
