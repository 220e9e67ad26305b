package dev.stillpoint.repository;

import java.util.Optional;

/** An image or a stream of a point that is being written. Its text names it. */
interface PointPart {

  /** Empty until it is finished. */
  Optional<ManifestImage> result();

  void close();
}
