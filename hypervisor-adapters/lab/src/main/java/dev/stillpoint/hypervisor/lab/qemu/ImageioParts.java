package dev.stillpoint.hypervisor.lab.qemu;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the real parts are on this machine.
 *
 * @param imageio the daemon
 * @param nbd qemu-nbd
 * @param img qemu-img
 */
public record ImageioParts(Path imageio, Path nbd, Path img) {
  /** Names the daemon's program in the environment. */
  public static final String VARIABLE = "STILLPOINT_IMAGEIO";

  /**
   * Finds them.
   *
   * @throws IOException when one is missing, saying which and how to get it
   */
  public static ImageioParts find() throws IOException {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      throw new IOException(missing.get());
    }
    return new ImageioParts(
        daemon().orElseThrow(), onPath("qemu-nbd").orElseThrow(), onPath("qemu-img").orElseThrow());
  }

  /** What is missing, as a sentence; empty when everything is there. */
  public static Optional<String> missing() {
    if (onPath("qemu-nbd").isEmpty() || onPath("qemu-img").isEmpty()) {
      return Optional.of(
          "qemu-nbd and qemu-img are not installed: install qemu-utils (apt) or qemu-img (dnf)");
    }
    return daemon().isPresent()
        ? Optional.empty()
        : Optional.of(
            "there is no real ovirt-imageio: start installer/verify.sh, which installs one, or name"
                + " its program in "
                + VARIABLE);
  }

  /** Named by the environment, else where verify.sh puts it. */
  private static Optional<Path> daemon() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .or(ImageioParts::cached)
        .filter(Files::isExecutable);
  }

  private static Optional<Path> cached() {
    String home = Optional.ofNullable(System.getenv("HOME")).orElse("");
    Path cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(name -> !name.isEmpty())
            .map(Path::of)
            .orElse(Path.of(home, ".cache"));
    return Optional.of(cache.resolve("stillpoint-verify/imageio/bin/ovirt-imageio"));
  }

  private static Optional<Path> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
