package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.job.SlotStartStore;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.rest.dto.StartsDto;
import dev.stillpoint.schedule.Preview;
import dev.stillpoint.trigger.Planner;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;

/** {@code /policies/…/starts}: when a policy starts, and what came of the slots before. */
@Path("policies/{policy}/starts")
@Produces(MediaType.APPLICATION_JSON)
public final class StartsResource {

  static final int MAX_COUNT = 1000;

  private final PolicyFinder policies;
  private final Planner planner;
  private final SlotStartStore starts;

  public StartsResource(PolicyStore policies, Planner planner, SlotStartStore starts) {
    this.policies = new PolicyFinder(policies);
    this.planner = planner;
    this.starts = starts;
  }

  /**
   * When a policy starts, and what came of its last slots.
   *
   * @param count of the next starts and of the last slots; 1 to 1000
   */
  @GET
  public StartsDto list(
      @PathParam("policy") String idOrName,
      @QueryParam("count") @DefaultValue("10") int count,
      @Context SecurityContext security) {
    requireCount(count);
    Access access = AccessContext.of(security);
    Policy policy = policies.require(idOrName, access);
    Preview preview =
        policy
            .schedule()
            .map(schedule -> planner.preview(schedule, count))
            .orElse(new Preview(List.of(), List.of("It has no schedule: it starts when asked to")));
    Preview told =
        policy.enabled()
            ? preview
            : new Preview(List.of(), List.of("It is disabled: it does not start"));
    return StartsDto.of(told, starts.latest(policy.id(), count), Optional.empty());
  }

  static void requireCount(int count) {
    if (count < 1 || count > MAX_COUNT) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "A count is between 1 and " + MAX_COUNT + ": " + count, "");
    }
  }
}
