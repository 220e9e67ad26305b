package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.Stray;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was left behind.
 *
 * @param items ours
 * @param others that of others, where it was asked for
 * @param problems why a site could not be asked for that of others
 */
public record LeftoversDto(
    List<LeftoverDto> items, Optional<List<StrayDto>> others, Optional<List<ProblemDto>> problems) {

  /** Something of others that looks left behind. */
  public record StrayDto(
      String site,
      @Words(of = Stray.Kind.class) String kind,
      String reference,
      String name,
      Optional<String> vm,
      String vmName,
      String state,
      Optional<Instant> since,
      Optional<Long> bytes) {

    public static StrayDto of(Site site, Stray stray) {
      return new StrayDto(
          site.id().value(),
          stray.kind().name().toLowerCase(Locale.ROOT),
          stray.reference(),
          stray.name(),
          stray.vm().map(VmId::value),
          stray.vmName(),
          stray.state(),
          stray.since(),
          stray.size().map(ByteCount::bytes));
    }
  }
}
