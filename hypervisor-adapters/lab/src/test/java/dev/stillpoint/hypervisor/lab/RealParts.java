package dev.stillpoint.hypervisor.lab;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.stillpoint.hypervisor.lab.qemu.ImageioParts;
import java.nio.file.Path;
import java.util.Optional;

/** A lab whose host is made of real parts, or the reason why the test is skipped. */
public final class RealParts {
  private RealParts() {}

  /** Skips the test where a part is missing. */
  public static LabConfig config(Path directory) {
    // Where somebody names the daemon, what is missing makes the test fail.
    String named = Optional.ofNullable(System.getenv(ImageioParts.VARIABLE)).orElse("");
    assumeFalse(
        named.isEmpty(),
        ImageioParts.VARIABLE + " is not set: start installer/verify.sh, which installs the parts");
    return LabConfig.inDirectory(directory).withDataPlane(DataPlaneKind.IMAGEIO);
  }
}
