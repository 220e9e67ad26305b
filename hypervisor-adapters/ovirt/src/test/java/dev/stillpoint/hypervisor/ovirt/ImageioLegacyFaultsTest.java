package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.lab.LabConfig;

/** The same over a real ovirt-imageio, qemu-nbd and qcow2 images. */
final class ImageioLegacyFaultsTest extends LegacyFaultsTest {

  @Override
  LabConfig config() {
    return realParts(directory);
  }
}
