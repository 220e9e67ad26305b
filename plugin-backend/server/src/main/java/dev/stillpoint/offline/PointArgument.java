package dev.stillpoint.offline;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * {@code POINT[/DISK]} as it was typed. The first slash ends the point, so a disk's name may hold
 * slashes.
 *
 * @param point a restore point's id, or {@code latest:VM}
 * @param disk empty when none was named
 */
record PointArgument(String point, Optional<String> disk) {

  static final String DESCRIPTION =
      "A restore point's id, or latest:VM for a VM's newest; /DISK where it has several disks.";

  PointArgument {
    requireNonNull(point, "point");
    requireNonNull(disk, "disk");
  }

  static PointArgument parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new PointArgument(text, Optional.empty())
        : new PointArgument(text.substring(0, slash), Optional.of(text.substring(slash + 1)));
  }
}
