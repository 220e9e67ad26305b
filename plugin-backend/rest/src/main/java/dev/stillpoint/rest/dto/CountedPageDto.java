package dev.stillpoint.rest.dto;

import java.util.List;
import java.util.Optional;

/**
 * Part of a list that is counted.
 *
 * @param next for {@code after=}; absent at the end of the list
 * @param total how many fit, on all pages
 */
public record CountedPageDto<T>(List<T> items, Optional<String> next, int total) {

  public CountedPageDto {
    items = List.copyOf(items);
  }
}
