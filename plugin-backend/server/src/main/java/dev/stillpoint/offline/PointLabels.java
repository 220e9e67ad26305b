package dev.stillpoint.offline;

import dev.stillpoint.repository.Manifest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * The labels of a manifest that people look for, in points that a server made and in imported ones.
 *
 * <pre>
 * vm      the VM's id at its manager; an imported one's name
 * vmName  the VM's name
 * time    the time that the content is of; of an import when it began
 * site    the site's id; imported points have none
 * </pre>
 */
final class PointLabels {

  private static final String VM = "vm";
  private static final String VM_NAME = "vmName";
  private static final String TIME = "time";

  private PointLabels() {}

  static Map<String, String> ofImport(String vm, Instant time) {
    return Map.of(VM, vm, VM_NAME, vm, TIME, time.toString());
  }

  /** The VM's name; empty when nobody noted it. */
  static String vmName(Manifest manifest) {
    return manifest.labels().getOrDefault(VM_NAME, manifest.labels().getOrDefault(VM, ""));
  }

  /** Whether it is a point of the VM of that name or id. */
  static boolean isOf(Manifest manifest, String vm) {
    return vm.equals(manifest.labels().get(VM)) || vm.equals(manifest.labels().get(VM_NAME));
  }

  /** The time that the content is of, else when it was committed. */
  static Instant time(Manifest manifest) {
    try {
      return Instant.parse(manifest.labels().getOrDefault(TIME, ""));
    } catch (DateTimeParseException e) {
      return manifest.created();
    }
  }
}
