package dev.stillpoint.hypervisor.lab.imageio;

import dev.stillpoint.hypervisor.lab.block.Extent;
import java.util.List;

/** Extents as imageio writes them. */
final class ExtentsJson {
  private ExtentsJson() {}

  static String zero(List<Extent> extents) {
    StringBuilder out = new StringBuilder("[");
    for (Extent extent : extents) {
      begin(out, extent);
      out.append("\"zero\": ").append(extent.zero());
      out.append(", \"hole\": ").append(extent.hole()).append('}');
    }
    return out.append(']').toString();
  }

  static String dirty(List<Extent> extents) {
    StringBuilder out = new StringBuilder("[");
    for (Extent extent : extents) {
      begin(out, extent);
      out.append("\"dirty\": ").append(extent.dirty());
      out.append(", \"zero\": ").append(extent.zero()).append('}');
    }
    return out.append(']').toString();
  }

  private static void begin(StringBuilder out, Extent extent) {
    if (out.length() > 1) {
      out.append(", ");
    }
    out.append("{\"start\": ").append(extent.start());
    out.append(", \"length\": ").append(extent.length()).append(", ");
  }
}
