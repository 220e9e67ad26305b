package dev.stillpoint.catalog;

import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;

/** Lists restore points by pages, without reading their documents. Thread-safe. */
public interface PointList {

  /**
   * @throws dev.stillpoint.model.StillpointException BAD_REQUEST when the slice begins nowhere
   */
  Page<PointLine> page(PointConditions conditions, Slice<PointSort> slice);
}
