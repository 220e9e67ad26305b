package dev.stillpoint.rest.dto;

import dev.stillpoint.page.Cursor;
import dev.stillpoint.page.Page;
import java.util.List;
import java.util.Optional;

/**
 * Part of a list. There is no total: counting a long list takes longer than showing it.
 *
 * @param next for {@code after=}; absent at the end of the list
 */
public record PageDto<T>(List<T> items, Optional<String> next) {

  public PageDto {
    items = List.copyOf(items);
  }

  public static <T> PageDto<T> of(Page<T> page) {
    return new PageDto<>(page.items(), page.next().map(Cursor::text));
  }
}
