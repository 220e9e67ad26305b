package dev.stillpoint.rest.dto;

import dev.stillpoint.job.SlotStart;
import dev.stillpoint.model.RunId;
import dev.stillpoint.schedule.Preview;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a policy will start, and what came of its last slots.
 *
 * @param items the next starts
 * @param notes sentences about months without a start and hours that daylight saving moves
 * @param past what came of the slots before, the latest first; empty for a mere preview
 * @param refusal why a policy could not be given this schedule; only in a preview
 */
public record StartsDto(
    List<StartDto> items, List<String> notes, List<PastDto> past, Optional<ProblemDto> refusal) {

  /**
   * What came of a slot.
   *
   * @param run empty: it was missed
   * @param reason why it was missed or late
   */
  public record PastDto(Instant begin, Optional<String> run, Optional<String> reason) {

    static PastDto of(SlotStart start) {
      return new PastDto(
          start.slot(),
          start.run().map(RunId::value),
          Optional.of(start.reason()).filter(reason -> !reason.isEmpty()));
    }
  }

  public static StartsDto of(Preview preview, List<SlotStart> past, Optional<ProblemDto> refusal) {
    return new StartsDto(
        preview.starts().stream().map(StartDto::of).toList(),
        preview.notes(),
        past.stream().map(PastDto::of).toList(),
        refusal);
  }
}
