package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.RestorePointId;

/**
 * Names one disk image of a restore point.
 *
 * @param point the committed restore point
 * @param image the name that was given to {@link PointWriter#startImage}
 */
public record ImageRef(RestorePointId point, String image) {

  public ImageRef {
    requireNonNull(point, "point");
    requireNonNull(image, "image");
  }

  /** For messages: image and point. */
  @Override
  public String toString() {
    return "image '" + image + "' of restore point " + point;
  }
}
