package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What callers write into the filters of lists; an absent parameter is null in JAX-RS. */
final class Filters {

  private Filters() {}

  static Optional<String> text(String sent) {
    return Optional.ofNullable(sent).filter(text -> !text.isEmpty());
  }

  /**
   * One of a few words.
   *
   * @throws StillpointException BAD_REQUEST naming them
   */
  static <E extends Enum<E>> Optional<E> word(String parameter, String sent, E[] choices) {
    return text(sent)
        .map(
            word ->
                Arrays.stream(choices)
                    .filter(choice -> lower(choice).equals(word))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            refused(
                                parameter,
                                word,
                                String.join(
                                    ", ", Arrays.stream(choices).map(Filters::lower).toList()))));
  }

  private static String lower(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** An instant, or a day in UTC: its beginning. */
  static Optional<Instant> from(String parameter, String sent) {
    return time(parameter, sent, 0);
  }

  /** An instant, or a day in UTC: its end. */
  static Optional<Instant> to(String parameter, String sent) {
    return time(parameter, sent, 1);
  }

  private static Optional<Instant> time(String parameter, String sent, int days) {
    return text(sent)
        .map(
            time -> {
              try {
                return time.contains("T")
                    ? Instant.parse(time)
                    : LocalDate.parse(time).plusDays(days).atStartOfDay(ZoneOffset.UTC).toInstant();
              } catch (DateTimeParseException e) {
                throw refused(parameter, time, "2026-11-21 or 2026-11-21T05:30:00Z");
              }
            });
  }

  static Optional<ByteCount> bytes(String parameter, Long sent) {
    if (sent != null && sent < 0) {
      throw refused(parameter, sent.toString(), "a number of bytes, 0 or more");
    }
    return Optional.ofNullable(sent).map(ByteCount::ofBytes);
  }

  /** By id or name; of a policy that was deleted only the id is left. */
  static Optional<PolicyId> policy(String sent, PolicyStore policies) {
    return text(sent)
        .map(
            named ->
                policies.all().stream()
                    .filter(p -> p.id().value().equals(named) || p.name().equals(named))
                    .map(Policy::id)
                    .findFirst()
                    .orElseGet(() -> new PolicyId(named)));
  }

  /** By id or name; without one, the only site that the caller knows. */
  static Optional<SiteId> site(String sent, Sites sites, Access access) {
    return text(sent).map(sites::require).map(Site::id).or(access::site);
  }

  /** The only VMs that a list may be about; none of a site that the caller does not know. */
  static Optional<Set<VmId>> among(Optional<SiteId> site, Access access) {
    return site.filter(one -> !access.sees(one)).isPresent() ? Optional.of(Set.of()) : access.vms();
  }

  private static StillpointException refused(String parameter, String sent, String allowed) {
    return new StillpointException(
        ErrorKind.BAD_REQUEST,
        "'" + parameter + "' cannot be '" + sent + "'",
        "Write it as: " + allowed);
  }
}
