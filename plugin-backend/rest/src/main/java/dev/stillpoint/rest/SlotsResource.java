package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.job.Problem;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.rest.dto.ProblemDto;
import dev.stillpoint.rest.dto.ScheduleDto;
import dev.stillpoint.rest.dto.StartsDto;
import dev.stillpoint.rest.dto.WeekDto;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.trigger.Planner;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /slots}: what starts in which hour, and whether there is room. */
@Path("slots")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SlotsResource {

  private final Planner planner;
  private final PolicyStore policies;
  private final InstantSource clock;

  public SlotsResource(Planner planner, PolicyStore policies, InstantSource clock) {
    this.planner = planner;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * What starts in which hour of a week.
   *
   * <p>The load of an hour is that of all sites; starts are named of those the caller administers.
   *
   * @param from its first instant; without it the present hour
   */
  @GET
  public WeekDto week(
      @QueryParam("from") @DefaultValue("") String from, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    access.requireAdministrator();
    Instant begin = from.isEmpty() ? clock.instant() : instant(from);
    Set<PolicyId> shown =
        policies.all().stream()
            .filter(policy -> access.sees(policy.site()))
            .map(Policy::id)
            .collect(Collectors.toSet());
    return WeekDto.of(planner.week(begin), planner.capacity(), shown);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "'" + text + "' is no instant",
          "Write it like 2026-11-21T05:00:00Z.",
          e);
    }
  }

  /**
   * What a schedule would do, without any policy being made.
   *
   * @param count of the starts shown; 1 to 1000
   */
  @POST
  @Path("preview")
  public StartsDto preview(
      ScheduleDto sent,
      @QueryParam("count") @DefaultValue("10") int count,
      @Context SecurityContext security) {
    AccessContext.of(security).requireAdministrator();
    StartsResource.requireCount(count);
    Schedule schedule = ScheduleWords.read(Require.present(sent, "body"), clock.instant());
    return StartsDto.of(
        planner.preview(schedule, count),
        List.of(),
        planner.refusal(schedule).map(Problem::of).map(ProblemDto::of));
  }
}
