package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.model.ByteCount;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The same over a real ovirt-imageio, qemu-nbd and qcow2 images; and what only these can. */
final class ImageioUploadFaultsTest extends UploadFaultsTest {

  private static final int MIB = 1 << 20;

  @Override
  LabConfig config() {
    return realParts(directory);
  }

  /** The content, and its sum, of which the core's own test knows. */
  @Test
  void theDaemonSumsWhatWasWritten() {
    byte[] content = new byte[9 * MIB + 512];
    for (int i = 0; i < 5 * MIB; i++) {
      content[i] = (byte) ((i * 31) >> 3);
    }
    Arrays.fill(content, content.length - 512, content.length, (byte) 7);
    DiskSettings like = disk(site.stoppedVm()).withSize(ByteCount.ofBytes(content.length));
    try (DiskWriter writer = session.restoreTarget().createDisk(like, journal)) {
      writer.write(0, ByteBuffer.wrap(content, 0, 5 * MIB));
      writer.write(content.length - 512, ByteBuffer.wrap(content, content.length - 512, 512));
      writer.flush();

      assertThat(writer.sumsContent()).isTrue();
      assertThat(writer.contentSum().hex())
          .isEqualTo("437c48c275c97ec997574e2af2c0c1c47a4b47ad961c3108588ccf381738f71a");
      writer.finish();
    }
    sweep();
    assertNothingLeft();
  }
}
