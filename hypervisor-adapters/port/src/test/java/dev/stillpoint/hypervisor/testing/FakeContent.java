package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.Cluster;
import dev.stillpoint.hypervisor.Hardware;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What the fake site's VMs and disks are made of. */
final class FakeContent {

  private FakeContent() {}

  static VmSettings describe(VmId id, String name, Cluster cluster) {
    ByteCount memory = ByteCount.ofGibibytes(1);
    return new VmSettings(
        id,
        name,
        "made by the fake site",
        "",
        PowerState.UP,
        cluster,
        new Hardware(1, 2, 1, memory, memory, ByteCount.ofGibibytes(4), "q35_sea_bios", false),
        List.of("hd"),
        "other_linux",
        List.of(),
        List.of(),
        "",
        Optional.empty());
  }

  static void fill(FakeDisk disk) {
    int size = disk.content.length;
    byte[] data = new byte[size / 4];
    Random random = new Random(disk.id.value().hashCode());
    random.nextBytes(data);
    System.arraycopy(data, 0, disk.content, 0, data.length);
    random.nextBytes(data);
    System.arraycopy(data, 0, disk.content, size / 2, data.length);
  }

  static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
