package dev.stillpoint.repository.nbd;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server has to offer. Thread-safe. */
final class Exports {

  private final Map<String, SharedImage> byName = new LinkedHashMap<>();

  /**
   * @throws StillpointException BAD_REQUEST when there is nothing, or two have one name
   */
  Exports(List<NbdExport> exports) {
    if (exports.isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "There is no disk to serve", "Name at least one.");
    }
    for (NbdExport export : exports) {
      if (byName.put(export.name(), new SharedImage(export)) != null) {
        throw new StillpointException(
            ErrorKind.BAD_REQUEST, "Two exports have the name '" + export.name() + "'", "");
      }
    }
  }

  /** By name; the empty one also means the only one. */
  Optional<SharedImage> find(String name) {
    return name.isEmpty() && byName.size() == 1
        ? byName.values().stream().findFirst()
        : Optional.ofNullable(byName.get(name));
  }

  Collection<SharedImage> all() {
    return byName.values();
  }
}
