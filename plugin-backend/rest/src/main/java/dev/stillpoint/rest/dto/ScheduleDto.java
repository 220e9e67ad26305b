package dev.stillpoint.rest.dto;

import dev.stillpoint.rest.openapi.Words;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Optional;

/**
 * When a policy starts by itself.
 *
 * @param type {@code one-time}, {@code daily}, {@code weekly}, {@code monthly}
 * @param hour from 0 to 23
 * @param start the first day, as {@code 2026-11-21}; today where it is left out; of a one-time
 *     schedule the day
 * @param zone as {@code Europe/Berlin}; UTC where it is left out
 * @param weekdays of a weekly one: {@code monday} …
 * @param on of a monthly one: a day of the month, {@code last}, or as {@code third monday}, {@code
 *     last friday}
 */
public record ScheduleDto(
    @Words({"one-time", "daily", "weekly", "monthly"}) String type,
    Integer hour,
    Optional<String> start,
    Optional<String> zone,
    @Words(of = DayOfWeek.class) Optional<List<String>> weekdays,
    Optional<String> on) {}
