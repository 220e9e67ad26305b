package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.metering.MeterLine;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.rest.dto.MeteringDto;
import dev.stillpoint.rest.openapi.Answer;
import dev.stillpoint.upkeep.Figures;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /metering}: for how long how much was kept in a month. */
@Path("metering")
public final class MeteringResource {

  private static final String CSV = "text/csv";

  private final Figures figures;
  private final PolicyStore policies;
  private final InstantSource clock;

  public MeteringResource(Figures figures, PolicyStore policies, InstantSource clock) {
    this.figures = figures;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * For how long how much was kept in a month; a line for each VM and policy.
   *
   * @param month like {@code 2026-04}; without it the present one of UTC
   * @param zone in whose month the hours are shown beside those of UTC
   */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public MeteringDto get(
      @QueryParam("month") String month,
      @QueryParam("zone") @DefaultValue("UTC") String zone,
      @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    access.requireAdministrator();
    YearMonth wanted = month(month);
    ZoneId local = Retentions.zone(zone);
    List<MeterLine> lines =
        figures.metered(wanted, local).stream().filter(line -> access.sees(line.site())).toList();
    return MeteringDto.of(wanted, local, lines, names());
  }

  /** The same as a table; fields are quoted where they must be, lines end as RFC 4180 has it. */
  @GET
  @Produces(CSV)
  @Answer(status = 200, body = String.class, when = "a table")
  public Response csv(
      @QueryParam("month") String month,
      @QueryParam("zone") @DefaultValue("UTC") String zone,
      @Context SecurityContext security) {
    MeteringDto metering = get(month, zone, security);
    return Response.ok(MeteringCsv.of(metering), CSV + "; charset=utf-8; header=present")
        .header(
            "Content-Disposition",
            "attachment; filename=\"stillpoint-metering-" + metering.month() + ".csv\"")
        .build();
  }

  private Map<PolicyId, String> names() {
    Map<PolicyId, String> names = new HashMap<>();
    for (Policy policy : policies.all()) {
      names.put(policy.id(), policy.name());
    }
    return names;
  }

  private YearMonth month(String month) {
    try {
      return month == null
          ? YearMonth.from(clock.instant().atZone(ZoneOffset.UTC))
          : YearMonth.parse(month);
    } catch (DateTimeParseException e) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "'" + month + "' is no month", "Write it like 2026-04.", e);
    }
  }
}
