package dev.stillpoint.hypervisor.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stillpoint.hypervisor.lab.qemu.ImageioParts;
import java.nio.file.Path;

/** A lab whose host is made of real parts, or the reason why the test is skipped. */
public final class RealParts {
  private RealParts() {}

  /** Skips the test where a part is missing. */
  public static LabConfig config(Path directory) {
    assumeTrue(ImageioParts.missing().isEmpty(), () -> ImageioParts.missing().orElse(""));
    return LabConfig.inDirectory(directory).withDataPlane(DataPlaneKind.IMAGEIO);
  }
}
