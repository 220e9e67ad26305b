package dev.stillpoint.repository.maintenance;

import dev.stillpoint.model.StillpointException;
import java.util.List;
import java.util.function.Consumer;

/** Where the committed restore points are listed. Thread-safe. */
public interface RootSource {

  /**
   * The maps of all committed restore points.
   *
   * @param unreadable hears of the manifests that cannot be read: what they need is not known
   */
  List<Root> committed(Consumer<StillpointException> unreadable);
}
