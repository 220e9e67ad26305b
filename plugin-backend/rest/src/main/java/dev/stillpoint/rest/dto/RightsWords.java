package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.Right;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rights as the API names them. */
final class RightsWords {

  private RightsWords() {}

  static List<String> of(Set<Right> rights) {
    return rights.stream().map(right -> right.name().toLowerCase(Locale.ROOT)).sorted().toList();
  }
}
