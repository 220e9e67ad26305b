package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of the API.
 *
 * @param ids the ids in the path, in their order
 * @param query query parameters, and of the headers those that the engine takes for such
 * @param body the document sent; an empty action where none was
 */
record Call(List<String> ids, Map<String, String> query, Element body, Account account) {
  Call {
    ids = List.copyOf(ids);
    query = Map.copyOf(query);
  }

  String id(int index) {
    return ids.get(index);
  }

  /** A switch in the query. */
  boolean flag(String name) {
    return Boolean.parseBoolean(query.getOrDefault(name, "false"));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
  }

  /** Whether the caller wants to see his own things only; plain users always do. */
  boolean filtered() {
    return !account.admin() || flag("filter");
  }

  Follow follow() {
    return Follow.parse(query.getOrDefault("follow", ""));
  }

  void requireAdmin() {
    if (!account.admin()) {
      throw EngineFault.forbidden();
    }
  }
}
