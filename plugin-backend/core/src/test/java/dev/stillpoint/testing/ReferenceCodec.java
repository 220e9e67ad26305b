package dev.stillpoint.testing;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.catalog.RestorePointCodec;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes a point's id and remembers the rest: stands in where the document itself is no matter. */
public final class ReferenceCodec implements RestorePointCodec {

  private final Map<String, RestorePoint> points = new ConcurrentHashMap<>();

  @Override
  public String write(RestorePoint point) {
    points.put(point.id().value(), point);
    return point.id().value();
  }

  @Override
  public RestorePoint read(String document) {
    RestorePoint point = points.get(document);
    if (point == null) {
      throw new StillpointException(ErrorKind.CORRUPT_DATA, "Not a point: " + document, "");
    }
    return point;
  }
}
