package dev.stillpoint.rest.dto;

import java.util.List;

/** A list. */
public record ItemsDto<T>(List<T> items) {

  public ItemsDto {
    items = List.copyOf(items);
  }
}
